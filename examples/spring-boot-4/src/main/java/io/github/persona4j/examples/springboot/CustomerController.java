package io.github.persona4j.examples.springboot;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.Inquiry;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP interface for the other parts of the company. */
@RestController
class CustomerController {
  private final PersonaClient persona;
  private final Customers customers;
  private final String inquiryTemplateId;

  CustomerController(
      PersonaClient persona,
      Customers customers,
      @Value("${onboarding.inquiry-template-id}") String inquiryTemplateId) {
    this.persona = persona;
    this.customers = customers;
    this.inquiryTemplateId = inquiryTemplateId;
  }

  /** Begins an inquiry about a customer. */
  // region spring-boot
  @PostMapping("/users/{id}/inquiries")
  @ResponseStatus(HttpStatus.CREATED)
  Inquiry begin(@PathVariable("id") String customer) {
    Inquiry inquiry =
        persona
            .inquiries()
            .create(
                a -> a.inquiryTemplateId(inquiryTemplateId),
                m -> m.autoCreateAccountReferenceId(customer))
            .data();
    customers.invite(customer, inquiry.id());
    return inquiry;
  }

  // endregion

  /** Returns an inquiry as the API has it. */
  @GetMapping("/inquiries/{id}")
  Inquiry inquiry(@PathVariable("id") String id) {
    return persona.inquiries().retrieve(id).data();
  }

  /** Returns what became of a customer. */
  @GetMapping("/users/{id}")
  List<String> states(@PathVariable("id") String customer) {
    return customers.states(customer);
  }

  /** Returns an event as it was read. */
  @PostMapping("/events")
  Event event(@RequestBody Event event) {
    return event;
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.NOT_FOUND)
  void notFound(NotFoundException e) {}
}
