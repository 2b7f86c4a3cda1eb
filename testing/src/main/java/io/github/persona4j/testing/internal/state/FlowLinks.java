package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.Map;

/** Opens the flow with what a person or an application has: a URL, a one-time link or a token. */
public final class FlowLinks {
  private static final String TEMPLATE = "inquiry-template-id";
  private static final String INQUIRY = "inquiry-id";
  private static final String TOKEN = "session-token";
  private static final String FIELD = "fields[";

  private final InquiryMoves inquiries;
  private final InquiryCreation creation;

  FlowLinks(InquiryMoves inquiries, InquiryCreation creation) {
    this.inquiries = inquiries;
    this.creation = creation;
  }

  /**
   * Opens the flow and returns the id of the inquiry, a new one if the URL is that of a template.
   *
   * @param link the URL of the hosted flow with any host, a one-time link or a session token
   * @throws IllegalArgumentException if the fake has not created the link, the token or the inquiry
   * @throws IllegalStateException if the link was used before or has expired, or the inquiry needs
   *     a token
   * @throws io.github.persona4j.testing.internal.http.ApiFailure if the session has expired
   */
  public String open(String link) {
    int query = link.indexOf('?');
    Map<String, String> parameters =
        query < 0 ? Map.of() : Query.literal(link.substring(query + 1));
    if (parameters.containsKey(TEMPLATE)) {
      return creation.createInFlow(attributes(parameters)).id();
    }
    String inquiryId = parameters.get(INQUIRY);
    if (inquiryId == null || parameters.containsKey("code")) {
      return inquiries.open(link);
    }
    StoredObject inquiry = inquiries.inquiry(inquiryId);
    if (parameters.containsKey(TOKEN)) {
      if (!inquiries.open(parameters.get(TOKEN)).equals(inquiryId)) {
        throw new IllegalArgumentException("the session token is that of another inquiry");
      }
    } else if ("pending".equals(inquiry.status())) {
      throw new IllegalStateException("a pending inquiry needs a session token");
    }
    return inquiryId;
  }

  private static JsonObject attributes(Map<String, String> parameters) {
    JsonObject attributes = new JsonObject();
    JsonObject fields = new JsonObject();
    parameters.forEach(
        (name, value) -> {
          if (name.equals(TEMPLATE) || name.equals("reference-id")) {
            attributes.addProperty(name, value);
          } else if (name.startsWith(FIELD) && name.endsWith("]")) {
            fields.addProperty(name.substring(FIELD.length(), name.length() - 1), value);
          }
        });
    attributes.add("fields", fields);
    return attributes;
  }
}
