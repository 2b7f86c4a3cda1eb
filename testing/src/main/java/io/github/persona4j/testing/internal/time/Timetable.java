package io.github.persona4j.testing.internal.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of one fake, and tasks that are due at a time. It shows the time of its source until it
 * is moved. {@link #advance} shifts it, {@link #set} stops it. Due tasks run one after another in
 * the order of their due times, and in the order of {@link #at} if those are equal; while a task
 * runs because the time is moved, {@link #instant} is the time at which it is due.
 *
 * <p>Moving the time runs the tasks that are due before it returns. Otherwise tasks run in a daemon
 * thread, which exists only while there are tasks, or in {@link #runDue}. Thread-safe. A task may
 * add tasks.
 */
public final class Timetable implements InstantSource, AutoCloseable {
  /** Sleep of the thread if the source is not the system's clock, which may be set at any time. */
  private static final Duration LONGEST_SLEEP = Duration.ofMillis(50);

  /** Sleep of the thread while another one runs tasks. */
  private static final Duration SHORT_SLEEP = Duration.ofMillis(1);

  private final InstantSource source;
  private final boolean realTime;

  /** Held while tasks run. Never acquired while {@link #state} is held. */
  private final ReentrantLock running = new ReentrantLock();

  /** Guards the fields below. */
  private final Object state = new Object();

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private Duration shift = Duration.ZERO;
  private @Nullable Instant stopped;
  private @Nullable Instant pinned;
  private @Nullable Thread thread;
  private @Nullable Throwable failure;
  private volatile Consumer<Throwable> failureListener = thrown -> {};
  private long added;
  private boolean closed;

  /** Creates a timetable without tasks that shows the time of this source. */
  public Timetable(InstantSource source) {
    this.source = Objects.requireNonNull(source, "source");
    this.realTime = source.equals(InstantSource.system());
  }

  @Override
  public Instant instant() {
    synchronized (state) {
      return now();
    }
  }

  private Instant now() {
    if (pinned != null) {
      return pinned;
    }
    return stopped != null ? stopped : source.instant().plus(shift);
  }

  /** Adds a task; if the time has already passed, it runs as soon as possible, but not in here. */
  public void at(Instant due, Runnable action) {
    Objects.requireNonNull(action, "action");
    synchronized (state) {
      if (!closed) {
        tasks.add(new Task(due, added++, action));
        if (thread == null) {
          thread = new Thread(this::runInBackground, "fake-persona-clock");
          thread.setDaemon(true);
          thread.start();
        }
        state.notifyAll();
      }
    }
  }

  /** Adds a task that is due this long from now. */
  public void after(Duration delay, Runnable action) {
    at(instant().plus(delay), action);
  }

  /**
   * Moves the time forward and runs the tasks that are due until then. A stopped clock stays
   * stopped.
   *
   * @throws IllegalArgumentException if the duration is negative, or the time cannot be expressed
   * @throws IllegalStateException if a task of this timetable calls it
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration must not be negative: " + duration);
    }
    move(
        () -> later(duration),
        target -> {
          if (stopped == null) {
            shift = shift.plus(duration);
          } else {
            stopped = target;
          }
        });
  }

  private Instant later(Duration duration) {
    try {
      return instant().plus(duration);
    } catch (ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException("duration is too long: " + duration, e);
    }
  }

  /**
   * Stops the clock at this time and runs the tasks that are due until then. A time in the past is
   * possible; tasks that have run do not run again.
   *
   * @throws IllegalStateException if a task of this timetable calls it
   */
  public void set(Instant time) {
    Objects.requireNonNull(time, "time");
    move(() -> time, target -> stopped = target);
  }

  private void move(Supplier<Instant> time, Consumer<Instant> arrive) {
    if (running.isHeldByCurrentThread()) {
      throw new IllegalStateException("a task of the clock must not move the clock");
    }
    running.lock();
    try {
      Instant target = time.get();
      try {
        for (Task task = poll(target); task != null; task = poll(target)) {
          synchronized (state) {
            Instant now = now();
            pinned = task.due.isAfter(now) ? task.due : now;
          }
          task.action.run();
        }
      } finally {
        synchronized (state) {
          pinned = null;
          arrive.accept(target);
          state.notifyAll();
        }
      }
    } finally {
      running.unlock();
    }
  }

  /**
   * Runs the tasks that are due now, unless another thread is doing that. An exception of a task is
   * kept for {@link #failure}.
   */
  public void runDue() {
    synchronized (state) {
      Task next = tasks.peek();
      if (next == null || next.due.isAfter(now())) {
        return;
      }
    }
    if (running.isHeldByCurrentThread() || !running.tryLock()) {
      return;
    }
    try {
      for (Task task = poll(instant()); task != null; task = poll(instant())) {
        run(task);
      }
    } finally {
      running.unlock();
    }
  }

  @SuppressWarnings("PMD.AvoidCatchingThrowable") // whatever it is, it is thrown by close()
  private void run(Task task) {
    try {
      task.action.run();
    } catch (Throwable e) {
      synchronized (state) {
        failure = failure == null ? e : failure;
      }
      failureListener.accept(e);
    }
  }

  /** Returns the first exception of a task that did not run because the time was moved, or null. */
  public @Nullable Throwable failure() {
    synchronized (state) {
      return failure;
    }
  }

  /** Sets what receives each exception of a task that did not run because the time was moved. */
  public void onFailure(Consumer<Throwable> listener) {
    failureListener = listener;
  }

  private @Nullable Task poll(Instant until) {
    synchronized (state) {
      Task next = tasks.peek();
      return next == null || next.due.isAfter(until) ? null : tasks.poll();
    }
  }

  private void runInBackground() {
    while (true) {
      synchronized (state) {
        Task next = tasks.peek();
        if (closed || next == null) {
          thread = null;
          return;
        }
        Duration sleep = sleep(next);
        if (!sleep.isZero()) {
          try {
            state.wait(Math.min(sleep.toMillis() + 1, Integer.MAX_VALUE));
          } catch (InterruptedException e) {
            closed = true; // only a process that ends interrupts this thread
          }
          continue;
        }
      }
      runDue();
    }
  }

  /** Returns how long the thread sleeps before this task, at most until the state changes. */
  private Duration sleep(Task next) {
    if (pinned != null || running.isLocked()) {
      return SHORT_SLEEP;
    }
    Duration wait = Duration.between(now(), next.due);
    if (wait.isNegative() || wait.isZero()) {
      return Duration.ZERO;
    }
    return realTime || stopped != null || wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP;
  }

  /** Removes all tasks and ends the thread. The clock can still be read. */
  @Override
  public void close() {
    synchronized (state) {
      closed = true;
      tasks.clear();
      state.notifyAll();
    }
  }

  private static final class Task implements Comparable<Task> {
    private final Instant due;
    private final long number;
    private final Runnable action;

    private Task(Instant due, long number, Runnable action) {
      this.due = due;
      this.number = number;
      this.action = action;
    }

    @Override
    public int compareTo(Task other) {
      int order = due.compareTo(other.due);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }
}
