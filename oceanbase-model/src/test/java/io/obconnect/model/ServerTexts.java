package io.obconnect.model;

/** What MySQL 9.7 prints for SHOW CREATE TABLE. */
final class ServerTexts {

  static final String WIDE =
      """
      CREATE TABLE `a1` (
        `id` bigint unsigned NOT NULL AUTO_INCREMENT,
        `we``ird` varchar(50) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT 'x''y\\\\n',
        `n` decimal(65,30) DEFAULT NULL,
        `c` char(3) DEFAULT '',
        `ts` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'it''s',
        `e` enum('a','b''c','d,e') DEFAULT 'a',
        `s` set('x','y') DEFAULT 'x,y',
        `b` bit(5) DEFAULT b'101',
        `bin` varbinary(10) DEFAULT 0x0102,
        `j` json DEFAULT (json_array()),
        `u` char(36) DEFAULT (uuid()),
        `g` geometry NOT NULL /*!80003 SRID 4326 */,
        `t` mediumtext,
        `inv` int DEFAULT '3' /*!80023 INVISIBLE */,
        `v` int GENERATED ALWAYS AS ((`z` * 2)) VIRTUAL,
        `st` int GENERATED ALWAYS AS (length(`c`)) STORED NOT NULL,
        `y` year DEFAULT '2024',
        `f` float(7,3) DEFAULT NULL,
        `z` int(5) unsigned zerofill DEFAULT NULL,
        `bo` tinyint(1) DEFAULT '1',
        PRIMARY KEY (`id`),
        UNIQUE KEY `uk` (`we``ird`(10),`c` DESC),
        KEY `k2` (`t`(20)) COMMENT 'hey',
        KEY `k4` (`n`) /*!80000 INVISIBLE */,
        SPATIAL KEY `sp` (`g`),
        KEY `k3` ((lower(`c`))),
        FULLTEXT KEY `ft` (`t`) /*!50100 WITH PARSER `ngram` */ ,
        CONSTRAINT `ck` CHECK ((`n` > 0)),
        CONSTRAINT `ck2` CHECK ((`c` <> _utf8mb4'q')) /*!80016 NOT ENFORCED */
      ) ENGINE=InnoDB AUTO_INCREMENT=1000 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci STATS_PERSISTENT=1 ROW_FORMAT=DYNAMIC COMMENT='tbl; com'""";

  static final String CHINESE =
      """
      CREATE TABLE `中文 表.x` (
        `列` int NOT NULL,
        `select` text,
        `d` date DEFAULT '2024-01-01',
        `vec` vector(3) DEFAULT NULL,
        PRIMARY KEY (`列`)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci""";

  static final String PARTITIONED =
      """
      CREATE TABLE `p1` (
        `id` int NOT NULL,
        `ts` datetime NOT NULL,
        PRIMARY KEY (`id`,`ts`)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
      /*!50100 PARTITION BY RANGE (to_days(`ts`))
      (PARTITION p0 VALUES LESS THAN (739251) ENGINE = InnoDB,
       PARTITION pm VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */""";

  static final String CHILD =
      """
      CREATE TABLE `p2b` (
        `id` int NOT NULL,
        `a` int DEFAULT NULL,
        PRIMARY KEY (`id`),
        KEY `fk1` (`a`),
        CONSTRAINT `fk1` FOREIGN KEY (`a`) REFERENCES `p2b` (`id`) ON DELETE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci""";

  static final String GBK =
      """
      CREATE TABLE `p3` (
        `id` int DEFAULT NULL,
        `c` varchar(10) DEFAULT NULL,
        KEY `id` (`id`)
      ) ENGINE=InnoDB DEFAULT CHARSET=gbk""";

  private ServerTexts() {}
}
