/**
 * Auto-configuration of the client for Spring Boot. Spring creates the classes of this module by
 * reflection.
 */
module io.github.persona4j.spring {
  requires transitive io.github.persona4j;
  requires transitive org.jspecify;
  requires spring.aop;
  requires spring.beans;
  requires spring.boot;
  requires spring.boot.autoconfigure;
  requires spring.context;
  requires spring.core;
  // What an application may have.
  requires static com.fasterxml.jackson.annotation;
  requires static com.fasterxml.jackson.databind;
  requires static io.github.persona4j.jackson;
  requires static io.github.persona4j.jackson3;
  requires static io.github.persona4j.micrometer;
  requires static io.github.persona4j.opentelemetry;
  requires static io.github.persona4j.testing;
  requires static io.opentelemetry.api;
  requires static jakarta.servlet;
  requires static micrometer.core;
  requires static micrometer.observation;
  requires static org.reactivestreams;
  requires static reactor.core;
  requires static spring.boot.actuator;
  requires static spring.boot.health;
  requires static spring.test;
  requires static spring.web;
  requires static spring.webflux;
  requires static spring.webmvc;
  requires static tools.jackson.databind;

  exports io.github.persona4j.spring;
  exports io.github.persona4j.spring.test;

  opens io.github.persona4j.spring;
  opens io.github.persona4j.spring.test;
}
