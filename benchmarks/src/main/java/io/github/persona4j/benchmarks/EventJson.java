package io.github.persona4j.benchmarks;

import java.nio.charset.StandardCharsets;

/** The response to a small call: an event of 1.7 kB with the inquiry that it is about. */
final class EventJson {
  private EventJson() {}

  static byte[] make() {
    StringBuilder relationships = new StringBuilder();
    for (String name : new String[] {"account", "template", "inquiry-template", "reviewer"}) {
      relationships
          .append(relationships.length() == 0 ? "" : ",")
          .append(
              "\"%s\":{\"data\":{\"type\":\"%s\",\"id\":\"%s_9xHs3bQmKfVw6TjRd1LpZcYn\"}}"
                  .formatted(name, name, name.substring(0, 3)));
    }
    return """
        {"data":{"type":"event","id":"evt_2mTe8qLbDvKcXw5RzG1oYhJn","attributes":{\
        "name":"inquiry.approved","payload":{"data":{"type":"inquiry",\
        "id":"inq_4kNq7vRdTbXyCz2WpLm9sHgF","attributes":{"status":"approved",\
        "reference-id":"customer-1042","note":null,"behaviors":{"request-spoof-attempts":0,\
        "user-agent-spoof-attempts":0,"distraction-events":2,"hesitation-baseline":39254,\
        "hesitation-count":1,"hesitation-time":30291,"devtools-freeze":0,"completion-time":38.26,\
        "hesitation-percentage":77.17,"behavior-threat-level":"low","bot-score":1,"mobile-sdk-version-\
        less-than-minimum":false},"tags":["first","checked-by-hand"],"creator":"API",\
        "reviewer-comment":null,"created-at":"2026-01-14T09:29:11.000Z",\
        "updated-at":"2026-01-14T09:31:07.000Z","started-at":"2026-01-14T09:29:20.000Z",\
        "completed-at":"2026-01-14T09:30:52.000Z","decisioned-at":"2026-01-14T09:31:07.000Z",\
        "failed-at":null,"expired-at":null,"redacted-at":null,"previous-step-name":"selfie_8e6a2f",\
        "next-step-name":"success_b1d7c3","fields":{"name-first":{"type":"string","value":"Ada"},\
        "name-last":{"type":"string","value":"Example"},"birthdate":{"type":"date",\
        "value":"1987-05-04"},"address-street-1":{"type":"string","value":"12 Sample Street"},\
        "address-city":{"type":"string","value":"Springfield"},"address-postal-code":{"type":"string",\
        "value":"00000"}}},"relationships":{%s}}},\
        "created-at":"2026-01-14T09:31:07.000Z","context":{}}},"included":[]}\
        """
        .formatted(relationships)
        .getBytes(StandardCharsets.UTF_8);
  }
}
