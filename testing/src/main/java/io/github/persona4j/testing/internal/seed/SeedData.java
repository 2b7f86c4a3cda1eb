package io.github.persona4j.testing.internal.seed;

import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.store.LoggedEvent;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a store. The same sizes, seed and end create the same data on every machine. Inquiries
 * follow one another, and the events are the steps of each: created, started, verified, completed,
 * decided, then small changes until the number of events is reached.
 */
public final class SeedData {
  private static final Instant START = Instant.parse("2024-01-01T08:00:00Z");

  /** The number of events of an inquiry if the store has events but no inquiries. */
  private static final int DEFAULT_STEPS = 8;

  /** Any twelve successive inquiries have all of these statuses. */
  private static final List<String> STATUSES =
      List.of(
          "approved",
          "approved",
          "approved",
          "approved",
          "completed",
          "completed",
          "declined",
          "needs_review",
          "pending",
          "created",
          "failed",
          "expired");

  private static final List<String> SMALL_CHANGES =
      List.of(
          "account.updated-fields",
          "inquiry.transitioned",
          "inquiry.updated-tags",
          "account.tag-added");

  private final int stepsPerInquiry;
  private final Instant end;
  private final String seed;

  private SeedData(int stepsPerInquiry, Instant end, long seed) {
    this.stepsPerInquiry = stepsPerInquiry;
    this.end = end;
    this.seed = seed == 0 ? "" : seed + " ";
  }

  /**
   * Adds the data to an empty store.
   *
   * @param end the time at which the inquiries that are still open expire
   * @param seed another one makes other ids, people and choices
   */
  public static void fill(ObjectStore store, int events, int inquiries, Instant end, long seed) {
    Catalog.addTo(store);
    Samples.addTo(store);
    int steps = inquiries == 0 ? DEFAULT_STEPS : Math.max(1, (events + inquiries - 1) / inquiries);
    SeedData data = new SeedData(steps, end, seed);
    List<Inquiry> all = new ArrayList<>();
    int total = Math.max(inquiries, (events + steps - 1) / steps);
    for (int number = 0; number < total; number++) {
      if (number % 2 == 0) {
        store.add(data.account(number).stored());
      }
      Inquiry inquiry = data.inquiry(number);
      all.add(inquiry);
      if (number < inquiries) {
        store.add(inquiry.stored());
        inquiry.verifications().forEach(store::add);
        inquiry.sessions().forEach(store::add);
      }
    }
    for (int number = 0; number < events; number++) {
      store.add(data.event(number, all.get(number / steps)).stored());
    }
  }

  /** Returns the name of an object with this number, which its id and its data depend on. */
  private String name(int number) {
    return seed + number;
  }

  private static int accountNumber(int inquiryNumber) {
    return inquiryNumber / 2; // a person has up to two inquiries
  }

  private Instant created(int inquiryNumber) {
    return START.plus(Inquiry.STEP.multipliedBy((long) inquiryNumber * stepsPerInquiry));
  }

  private Account account(int inquiryNumber) {
    int number = accountNumber(inquiryNumber);
    return new Account(
        Ids.of("act", name(number)),
        created(inquiryNumber),
        "customer-" + number,
        () -> Person.of(number, name(number)).accountFields());
  }

  private Inquiry inquiry(int number) {
    var random = Ids.random("inquiry", name(number));
    String template =
        Catalog.INQUIRY_TEMPLATES.get(random.nextInt(Catalog.INQUIRY_TEMPLATES.size()));
    String status = STATUSES.get((int) (number * 5L % STATUSES.size())); // 5 and 12 are coprime
    boolean empty = status.equals("created") || status.equals("expired");
    int person = accountNumber(number);
    return new Inquiry(
        Ids.of("inq", name(number)),
        created(number),
        isOpen(status) ? end : created(number).plus(Inquiry.LIFETIME),
        status,
        "customer-" + person,
        random.nextInt(5) == 0 ? "Seeded by the fake" : null,
        random.nextInt(4) == 0 ? List.of("priority") : List.of(),
        Ids.of("act", name(person)),
        template,
        empty ? Person::emptyInquiryFields : () -> Person.of(person, name(person)).inquiryFields());
  }

  private static boolean isOpen(String status) {
    return status.equals("created") || status.equals("pending");
  }

  private LoggedEvent event(int number, Inquiry inquiry) {
    int step = number % stepsPerInquiry;
    List<String> steps = steps(inquiry.status());
    String name =
        step < steps.size()
            ? steps.get(step)
            : SMALL_CHANGES.get((step - steps.size()) % SMALL_CHANGES.size());
    Instant timestamp = START.plus(Inquiry.STEP.multipliedBy(number));
    StoredObject object;
    if (name.startsWith("verification.")) {
      int which = step < 4 ? 0 : 1;
      Inquiry then = name.endsWith(".created") ? inquiry.withStatus("pending") : inquiry;
      object = verification(then, inquiry, which);
    } else if (name.startsWith("account.")) {
      object = account(accountNumber(number / stepsPerInquiry) * 2).stored();
    } else {
      object = inquiry.withStatus(statusAt(step, inquiry.status())).stored();
    }
    return new LoggedEvent(
        Ids.of("evt", name(number)), timestamp, name, object, LoggedEvent.NO_CONTEXT);
  }

  /** A selfie exists only in the completed inquiry. */
  private static StoredObject verification(Inquiry then, Inquiry finished, int which) {
    List<StoredObject> now = then.verifications();
    return which < now.size() ? now.get(which) : finished.verifications().get(which);
  }

  private static List<String> steps(String status) {
    List<String> steps = new ArrayList<>(List.of("inquiry.created"));
    if (status.equals("created")) {
      return steps;
    }
    if (status.equals("expired")) {
      steps.add("inquiry.expired");
      return steps;
    }
    steps.addAll(List.of("inquiry.started", "verification.created"));
    switch (status) {
      case "pending" -> {}
      case "failed" -> steps.addAll(List.of("verification.failed", "inquiry.failed"));
      default -> {
        steps.addAll(List.of("verification.passed", "verification.created", "verification.passed"));
        steps.add("inquiry.completed");
        if (!status.equals("completed")) {
          steps.add(
              status.equals("needs_review") ? "inquiry.marked-for-review" : "inquiry." + status);
        }
      }
    }
    return steps;
  }

  private static String statusAt(int step, String last) {
    if (step == 0) {
      return "created";
    }
    boolean endsEarly = last.equals("expired") || last.equals("created");
    int end = last.equals("failed") ? 4 : 7;
    if (endsEarly || step >= end) {
      return last;
    }
    return step < 6 || last.equals("pending") ? "pending" : "completed";
  }
}
