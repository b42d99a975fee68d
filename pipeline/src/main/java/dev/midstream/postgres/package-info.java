/**
 * The library in PostgreSQL: its schema by migrations, the pool of connections, what it knows of a
 * file, and the batched writes through JdbcIO.
 */
package dev.midstream.postgres;
