package io.obconnect.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What another stream yields, each byte so much later, at the same rate: a thread of its own reads
 * ahead, as far as the pieces go that are on their way. To be read by one thread; {@link #close()}
 * ends the reading ahead, and leaves the other stream open.
 */
final class DelayedInput extends InputStream {
  private static final int PIECE_BYTES = 16 * 1024;

  /** 16 MiB: with 5 ms, more than a loopback interface carries in that time. */
  private static final int MAX_PIECES = 1_024;

  /** Bytes that are due at a time, or how the stream ends: with a failure, or (null) without. */
  @SuppressWarnings("ArrayRecordComponent") // pieces are never compared
  private record Piece(long dueNanos, byte[] bytes, IOException failure) {
    boolean isEnd() {
      return bytes.length == 0;
    }
  }

  private final InputStream in;
  private final long delayNanos;
  private final BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(MAX_PIECES);
  private final Thread reader;
  private Piece current;
  private int taken;

  DelayedInput(InputStream in, Duration delay) {
    this.in = Objects.requireNonNull(in, "in");
    this.delayNanos = delay.toNanos();
    this.reader = FaultProxy.daemon("delay", this::readAhead);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (current == null || (!current.isEnd() && taken == current.bytes().length)) {
      current = next();
      taken = 0;
    }
    if (current.failure() != null) {
      throw new IOException("the delayed stream has failed", current.failure());
    }
    if (current.isEnd()) {
      return -1;
    }
    int count = Math.min(length, current.bytes().length - taken);
    System.arraycopy(current.bytes(), taken, buffer, offset, count);
    taken += count;
    return count;
  }

  private Piece next() throws InterruptedIOException {
    try {
      Piece piece = underWay.take();
      for (long left = piece.dueNanos() - System.nanoTime();
          left > 0;
          left = piece.dueNanos() - System.nanoTime()) {
        LockSupport.parkNanos(left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while bytes are on their way");
    }
  }

  private void readAhead() {
    try {
      IOException failure = null;
      byte[] buffer = new byte[PIECE_BYTES];
      try {
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          if (length > 0) {
            underWay.put(piece(Arrays.copyOf(buffer, length), null));
          }
        }
      } catch (IOException e) {
        failure = e;
      }
      underWay.put(piece(new byte[0], failure));
    } catch (InterruptedException e) {
      // Closed: nobody is going to read what is on its way.
      Thread.currentThread().interrupt();
    }
  }

  private Piece piece(byte[] bytes, IOException failure) {
    return new Piece(System.nanoTime() + delayNanos, bytes, failure);
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
