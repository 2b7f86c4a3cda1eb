package io.github.persona4j.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Takes on customers, who prove their identity at Persona. */
@SpringBootApplication
public class OnboardingApplication {
  /** Starts the application. */
  public static void main(String[] args) {
    SpringApplication.run(OnboardingApplication.class, args);
  }
}
