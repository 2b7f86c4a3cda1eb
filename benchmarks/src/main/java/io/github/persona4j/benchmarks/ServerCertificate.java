package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for {@code localhost}, created with {@code keytool} for one run.
 *
 * @param keyStore the certificate and its key, for the server
 * @param trustStore a copy of the JDK's own {@code cacerts} that also has the certificate, for
 *     clients: they read a store of real size, with the default trust manager
 */
record ServerCertificate(Path keyStore, Path trustStore) {
  private static final String PASSWORD = "changeit"; // that of cacerts in every JDK

  static ServerCertificate create(Path folder) throws IOException, InterruptedException {
    Path keyStore = folder.resolve("server.p12");
    Path exported = folder.resolve("server.pem");
    Path trustStore = folder.resolve("cacerts");
    keytool(keyStore, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost")
        .and("-ext", "SAN=dns:localhost", "-validity", "2", "-storetype", "PKCS12")
        .run();
    keytool(keyStore, "-exportcert", "-rfc", "-file", exported.toString()).run();
    Files.copy(Jvm.home().resolve("lib/security/cacerts"), trustStore);
    keytool(trustStore, "-importcert", "-noprompt", "-file", exported.toString()).run();
    return new ServerCertificate(keyStore, trustStore);
  }

  List<String> serverOptions() {
    return List.of(
        "-Djavax.net.ssl.keyStore=" + keyStore, "-Djavax.net.ssl.keyStorePassword=" + PASSWORD);
  }

  /** The options of a client. Without a password, as the JDK reads its own {@code cacerts}. */
  List<String> clientOptions() {
    return List.of("-Djavax.net.ssl.trustStore=" + trustStore);
  }

  private static Keytool keytool(Path store, String... arguments) {
    return new Keytool(new ArrayList<>())
        .and(Jvm.home().resolve("bin/keytool").toString())
        .and(arguments)
        .and("-alias", "persona4j-benchmark", "-keystore", store.toString())
        .and("-storepass", PASSWORD);
  }

  private record Keytool(List<String> command) {
    Keytool and(String... arguments) {
      command.addAll(List.of(arguments));
      return this;
    }

    void run() throws IOException, InterruptedException {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + new String(output, StandardCharsets.UTF_8));
      }
    }
  }
}
