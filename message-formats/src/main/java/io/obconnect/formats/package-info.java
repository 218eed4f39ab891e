/**
 * Converters for change events: what the bytes of a record's key and value mean.
 *
 * <p>{@code CachedJsonConverter} is a faster {@code JsonConverter} of the same format. {@code
 * SchemaText} asks JsonConverter itself how a schema is spelt, {@code RecordWriters} and {@code
 * RecordReaders} keep what was made of each schema, {@code ValueWriters} and {@code ValueReaders}
 * compile it, {@code JsonOutput} and {@code JsonInput} know JSON. Whatever is not as JsonConverter
 * usually writes it, errors included, is {@code UnusualRecordException} inside and JsonConverter's
 * own answer outside.
 *
 * <p>{@code FilterRows} is a transformation that keeps the rows which an SQL condition chooses.
 */
package io.obconnect.formats;
