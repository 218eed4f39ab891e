i = 1
i <> 1
i != 1
i <=> NULL
i <=> 1
NOT i = 1
! i
! ! i
NOT NOT i
i
-i
i IS NULL
i IS NOT NULL
i IS TRUE
i IS NOT TRUE
i IS FALSE
i IS UNKNOWN
i IS NOT UNKNOWN
i = 1 IS TRUE
i > 0 IS NOT FALSE
i IS NULL = 1
i IS NULL IS NULL
i > 1 AND i < 10 OR i = 42
i > 1 XOR i < 10
i > 1 XOR i < 10 XOR g > 0
i > 5 && u < 100 || i IS NULL
NOT i > 5 AND i < 100
i BETWEEN 1 AND 10
i NOT BETWEEN 1 AND 10
i BETWEEN 1 AND 2 = 1
i BETWEEN 2 AND 3 = 0
i BETWEEN -10 AND 5 AND g > 0
i BETWEEN NULL AND 5
i NOT BETWEEN NULL AND 5
i IN (1, 2, 3)
i NOT IN (1, 2, 3)
i NOT IN (1, NULL)
i IN (1, NULL) IS NULL
i IN (1, 2) = 0
i + 1 = 2
i - 1 < 0
i * 2 = 20
i / 3 > 1
i / 3 * 3 = i
1 / 3 * 3 = 1
d / 3 = 0.03333333
d / 7 * 7 = d
i / 0 IS NULL
i DIV 3 = 3
i DIV 0 IS NULL
i % 3 = 1
-i % 3 = -1
i MOD 3 = 0
MOD(i, 5) = 0
i % 0 IS NULL
d % 1 = 0.5
d MOD 2.5 = 0
g % 2 = 0.5
d DIV 2 = 1
5.9 DIV 2 = 2
i & 1 = 1
i & 1
i | 8 = 12
i ^ 3 = 2
-i ^ 2 = 3
~i & 15 = 5
~0 = 18446744073709551615
i << 2 = 4
i << 1 + 1 = 40
i >> 1 = 2
i << 64 = 0
i >> -1 = 0
b & 255 = 255
u & 9223372036854775808
u | 0 > 9223372036854775807
d | 0 = 3
'12abc' | 0 = 12
'1.9' | 0 = 1
1.5 | 0 = 2
1.5e0 | 0 = 2
2.5e0 | 0 = 2
-1.5 | 0 = 18446744073709551614
u > 9223372036854775807
u = 18446744073709551615
u > b
u = b
b = 9007199254740993
b = '9007199254740993'
u = '18446744073709551615'
b = 9007199254740993.0
b IN ('9007199254740993')
b BETWEEN '9007199254740993' AND '9007199254740993'
b > '9007199254740992'
i = '1'
i = '1abc'
i = ' 1'
i = '1.0'
i = s
s = 0
s = 12
s = 42
s = 1000
s > 2
s + 0 = 12
s * 2 = 5
s
s = '1'
d = 0.1
d = '0.1'
d = 0.1e0
d = 2.5
d > 2.4999
d = '2.5'
d = g
d = i
d >= 9999999999999999.9999
d + 0.0001 = 10
-d = 2.5
g = 0.1
g = 0.1e0
f = 0.1
f = 0.25
f = -7.5
g = f
g = 0
g > 1e19
g = 1e20
g = '2.5'
g / 0 IS NULL
s = 'a'
s = 'a '
s = 'A'
s = ' '
s = ''
s > 'a'
s < 'a'
s <> 'a'
s BETWEEN 'A' AND 'a'
s IN ('a', 'zz', 'äöü')
s = '日本語😀'
s > 'ä'
c = 'a\tb'
c < 'a'
c = '😀'
s = 'it''s \\ "q"'
s = "it's \\ ""q"""
s = 'a\nb'
s = 'zz' 'x'
s = 'z' 'z'
s LIKE 'a%'
s LIKE 'A%'
s NOT LIKE 'a%'
s LIKE '%\%'
s LIKE '%|%' ESCAPE '|'
s LIKE '100|%' ESCAPE '|'
s LIKE '_'
s LIKE '___'
s LIKE '____'
s LIKE '%a%b%'
s LIKE '%.%@%.org'
s LIKE 'a'
s LIKE 'a '
s LIKE '%\\\\%'
s LIKE ''
s LIKE NULL
s LIKE c
i LIKE '1%'
d LIKE '%.5000'
c LIKE '50\_\%'
dt LIKE '2024-01-%'
s LIKE '日%'
s LIKE '%😀'
v LIKE 'a%'
s REGEXP '^a'
s NOT REGEXP '^a'
s RLIKE '[0-9]+'
s REGEXP '^[a-z.]+@[a-z]+\\.org$'
s REGEXP 'b$'
s REGEXP '^.{3}$'
s REGEXP '[[:digit:]]'
i REGEXP '^1'
REGEXP_LIKE(s, '^z+$')
REGEXP_REPLACE(s, '[0-9]', '') = 'abc'
REGEXP_REPLACE(s, '(z)(z)', '$2-$1') = 'z-z'
v = 'a'
v = 'a '
v = 'A'
v = 0x61
v = x'6120'
v > 'a'
v = 0xFF
v = ''
v = 0x00
v IN ('a', 'foo')
v = s
v = c
v + 0 = 12
i = 0x0A
i = x'0A'
i = b'1010'
0x0A + 0 = 10
b'101' = 5
s = x'7A7A'
da = '2024-01-01'
da > '2024-01-01'
da >= '2024-1-1'
da = '20240101'
da = 20240101
da > 20240101
da = '2024-01-01 00:00:00'
da < '2024-01-01 00:00:01'
da = DATE '2024-01-01'
da BETWEEN '2024-01-01' AND '2024-12-31'
da IN ('2024-01-01', '2024-02-29')
da = dt
da < dt
dt = '2024-01-01'
dt > '2024-01-01'
dt >= '2024-01-01 00:00:01'
dt = '2024-02-29 12:34:56.789'
dt = '2024-02-29T12:34:56.789'
dt = '2023-12-31 23:59:59.999999'
dt = 20240101000000
dt > 20240101
dt > 20240101000000.5
dt BETWEEN '2024-01-01' AND '2024-01-31 10:00:00'
dt = TIMESTAMP '2024-01-01 00:00:00'
dt + 0 > 20240101000000
dt IS TRUE
ts = '2024-01-01 00:00:00.5'
ts >= '2024-01-01'
ts = dt
ts <> dt
da = s
dt = s
ti = '10:00:00'
ti = '10:00'
ti > '10:00:00'
ti < '00:00:00'
ti = 100000
ti = '100000'
ti > 100000
ti = TIME '10:00:00'
ti BETWEEN '09:00' AND '12:00'
ti > '100:00:00'
ti = '838:59:59'
ti = '-10:00:00'
ti + 0 = 100000
y = 2024
y > 2000
y = '2024'
y BETWEEN 1999 AND 2021
e = 'new'
e <> 'new'
e IN ('done', 'Old')
e = 'old'
e LIKE '%o%'
bo
NOT bo
bo = TRUE
bo = FALSE
bo IS TRUE
TRUE
FALSE
NULL
NULL IS NULL
1
'1'
'0.5'
'a'
0.5
0.5e0
CONCAT(s, '-', i) = 'a-1'
CONCAT(i, d) = '12.5000'
CONCAT(i, d) = '102.5000'
CONCAT(g) = '1e20'
CONCAT(g) = '2.5'
CONCAT(g) = '-7.5'
CONCAT(g) = '1e15'
CONCAT(g) = '1e16'
CONCAT(g) = '1e-20'
CONCAT(g) = '0.3333333333333333'
CONCAT(g) = '1.7976931348623157e308'
CONCAT(da) = '2024-01-01'
CONCAT(s, NULL) IS NULL
CONCAT_WS('-', s, NULL, c) = 'a-a'
CONCAT_WS(NULL, s, c) IS NULL
SUBSTR(s, 2) = 'bc'
SUBSTR(s, 2, 1) = 'ö'
SUBSTR(s, -2) = 'zz'
SUBSTR(s, 0) = ''
SUBSTR(s, -3, 2) = '12'
SUBSTRING(s, 2, 0) = ''
SUBSTRING(s, 1, -1) = ''
SUBSTR(s, 1.5) = SUBSTR(s, 2)
MID(s, 4) = '😀'
LEFT(s, 3) = 'foo'
LEFT(s, -1) = ''
RIGHT(s, 3) = 'org'
RIGHT(s, 100) = s
REPLACE(s, 'z', 'y') = 'yy'
REPLACE(s, '', 'y') = s
LOWER(s) = 'a'
UPPER(s) = 'A'
LCASE(c) = 'a b'
UCASE(s) = 'ÄÖÜ'
UPPER(c) = 'ß'
TRIM(s) = '42'
LTRIM(s) LIKE '42'
RTRIM(s) LIKE 'a'
LENGTH(s) = 6
LENGTH(v) = 1
OCTET_LENGTH(s) = 13
CHAR_LENGTH(s) = 3
CHARACTER_LENGTH(s) = 4
CHAR_LENGTH(v) = 4
LENGTH(i) = 2
INSTR(s, 'a') = 3
LOCATE('o', s) = 2
LOCATE('o', s, 3) = 3
LOCATE('', s) = 1
LOCATE('b', s, 100) = 0
CRC32(s) % 4 = 1
CRC32(i) % 3 = 0
ABS(i) = 10
ABS(d) = 2.5
ABS(g) = 7.5
SIGN(i) = -1
SIGN(g) = 0
CEIL(d) = 3
CEILING(d) = -2
FLOOR(d) = -3
FLOOR(g) = -8
ROUND(d) = 3
ROUND(d) = -3
ROUND(g) = 2
ROUND(g) = -8
ROUND(d, 2) = 1.01
ROUND(d, 1) = 2.5
ROUND(i, -1) = 10
ROUND(g, 1) = 0.3
TRUNCATE(d, 0) = -2
TRUNCATE(d, 2) = 1
TRUNCATE(i, -1) = 40
TRUNCATE(g, 1) = 0.3
COALESCE(i, 99) = 99
COALESCE(s, 'none') = 'none'
IFNULL(i, -1) = -1
NULLIF(i, 1) IS NULL
IF(i > 5, 'big', 'small') = 'big'
IF(i, s, c) = 'zz'
ISNULL(i)
GREATEST(i, 5) = 5
LEAST(i, 5, b) = 4
GREATEST(i, NULL) IS NULL
CASE WHEN i > 5 THEN 1 WHEN i < 0 THEN 2 ELSE 0 END = 2
CASE i WHEN 1 THEN 'one' WHEN 2 THEN 'two' END = 'one'
CASE i WHEN NULL THEN 1 ELSE 0 END
CASE (i) WHEN (1) THEN (1) ELSE (0) END
CASE (i + 1) WHEN 2 THEN TRUE END
BINARY(s) = 'a'
NOT(i = 1)
i IN((1),(2))
IF((i),(1),(0))
CAST(i AS CHAR) = '1'
CAST(d AS CHAR) = '2.5000'
CAST(s AS CHAR(2)) = '12'
CAST(s AS SIGNED) = 12
CAST(s AS SIGNED) = 1
CAST(s AS UNSIGNED) = 42
CAST(i AS UNSIGNED) = 18446744073709551615
CAST(u AS SIGNED) = -1
CAST(d AS SIGNED) = 3
CAST(d AS SIGNED) = -3
CAST(g AS SIGNED) = 2
CAST(s AS DECIMAL) = 3
CAST(s AS DECIMAL(10,2)) = 2.5
CAST(s AS DECIMAL(5,1)) = 999
CAST(d AS DECIMAL(5,2)) = 999.99
CAST(g AS DECIMAL(10,1)) = 0.1
CAST(s AS DOUBLE) = 1000
CAST(s AS DATE) = '2024-01-01'
CAST(dt AS DATE) = '2024-01-01'
CAST(dt AS DATE) = da
CAST(dt AS TIME) = '12:00:00'
CAST(dt AS DATETIME) = '2024-02-29 12:34:57'
CAST(dt AS DATETIME(1)) = '2024-02-29 12:34:56.8'
CAST(dt AS DATETIME) = '2024-01-01'
CAST(da AS DATETIME) = dt
CAST(ti AS SIGNED) = 100000
CAST(dt AS SIGNED) = 20240101000000
CAST(da AS UNSIGNED) = 20240101
CAST(dt AS DECIMAL(20,3)) = 20240229123456.789
CAST(s AS BINARY) = 'a'
CAST(s AS BINARY(2)) = 'zz'
CAST('10:00' AS TIME) = ti
CAST(20240101 AS DATE) = da
CAST('abc' AS DATE) IS NULL
CONVERT(i, CHAR) = '42'
BINARY s = 'a'
BINARY s = 'a '
DATE(dt) = '2024-01-01'
DATE(dt) = da
DATE(s) = '2024-01-01'
TIME(dt) = ti
YEAR(dt) = 2024
YEAR(da) = y
MONTH(da) = 2
DAY(da) = 31
DAYOFMONTH(dt) = 1
HOUR(dt) = 12
HOUR(ti) = 100
MINUTE(ti) = 59
SECOND(dt) = 56
MICROSECOND(dt) = 789000
DAYOFWEEK(da) = 2
WEEKDAY(da) = 0
DAYOFYEAR(da) = 366
QUARTER(da) = 4
TO_DAYS(da) = 739251
DATEDIFF(da, '2024-01-01') = 59
DATEDIFF(dt, da) = 0
LAST_DAY(da) = da
`i` = 1
I = 1
(i = 1 OR i = 2) AND (g > 0)
((((i)))) = 1
- - i = 1
i+-1 = 0
i = 1 = 1
1 < i < 3
i > 0 = (g > 0)
i IN (1) AND s IN ('a') OR d IN (2.5, 3.5)
s > c
s = c
s <= c
c = ' x'
i * 1.5 = 1.5
i * 1.5e0 = 15
d * d = 6.25
d + g = 5
b % 10 = 3
u DIV 2 > 4611686018427387904
u % 10 = 5
i = d
i = g
1e3 = s
.5 < d
5. < i
i=1/* c */or i=42
i / 3 = 3.3333
i / 3 = 1.6667
d / 3 / 3 = 0.011111111111
TIME(dt) = TIME '12:00:00'
dt | 0 = 20240101000000
ti | 0 = 240000
dt DIV 1 = 20231231235959
s REGEXP '[[:alpha:]ö]{3}'
s REGEXP '^\\w+$'
s REGEXP '[^[:alnum:] ]'
CAST('2024-01-01 10' AS DATETIME) = '2024-01-01 10:00'
y IN (2023, 2024)
da = 240101
dt = 240101
da > 99
ti > 99
ti = 10000
e > 'done'
s = da
c = dt
CASE s WHEN 0 THEN 1 END
GREATEST(da, '2024-01-02') = '2024-01-02'
LEAST(s, 'b') = 'a'
SUBSTR(s, 1.5) = 'z'
CAST(1e20 AS UNSIGNED) = 18446744073709551615
CAST('-3' AS UNSIGNED) = 18446744073709551613
CAST(1e20 AS SIGNED) = 9223372036854775807
CAST('99999999999999999999' AS SIGNED) = 9223372036854775807
CAST('99999999999999999999' AS SIGNED) = -1
CAST(-5.5 AS UNSIGNED) = 18446744073709551610
CAST(99999999999999999999.0 AS SIGNED) = 9223372036854775807
1e20 | 0 = 9223372036854775807
99999999999999999999.0 | 0 = 18446744073709551615
99999999999999999999.0 | 0 = 9223372036854775807
'99999999999999999999' | 0 = 18446744073709551615
'-5' | 0 = 18446744073709551611
g | 0 = 18446744073709551614
g | 0 > 9223372036854775806
d | 0 > 9223372036854775806
CAST(1e20 AS UNSIGNED) = 9223372036854775807
CAST(99999999999999999999.0 AS UNSIGNED) = 18446744073709551615
ti = 99
ti < 99.5
pk IN ('2.5x')
pk IN ('2.5x', NULL)
pk IN ('2.5x', '3')
pk = '2.5'
d IN ('2.5x', '3')
