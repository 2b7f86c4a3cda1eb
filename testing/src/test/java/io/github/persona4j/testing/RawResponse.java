package io.github.persona4j.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The response to a request over a plain socket, since the JDK's client rejects invalid URIs. */
record RawResponse(int status, String body) {

  static RawResponse get(FakePersona persona, String pathAndQuery) throws IOException {
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
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new RawResponse(
          Integer.parseInt(response.substring(9, 12)),
          response.substring(response.indexOf("\r\n\r\n") + 4));
    }
  }
}
