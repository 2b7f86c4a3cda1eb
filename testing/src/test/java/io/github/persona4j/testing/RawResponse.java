package io.github.persona4j.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request written by hand, since the JDK's client refuses addresses that are not correct. */
record HttpRaw(int status, String body) {

  static HttpRaw get(FakePersona persona, String pathAndQuery) throws IOException {
    URI base = URI.create(persona.baseUrl());
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      String request =
          "GET "
              + base.getPath()
              + pathAndQuery
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
              + persona.apiKey()
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new HttpRaw(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
  }
}
