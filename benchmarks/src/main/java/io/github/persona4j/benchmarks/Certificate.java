package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for {@code localhost}, made by the JDK's own tool for one run.
 *
 * @param keyStore the certificate and its key, for the server
 * @param trustStore the certificate alone, for clients
 */
record Certificate(Path keyStore, Path trustStore) {
  static final String PASSWORD = "benchmark";

  static Certificate make(Path folder) throws IOException, InterruptedException {
    Path keys = folder.resolve("keys.p12");
    Path exported = folder.resolve("certificate.pem");
    Path trusted = folder.resolve("trusted.p12");
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost",
            "-validity",
            "2",
            "-keystore",
            keys.toString()));
    keytool(
        List.of(
            "-exportcert",
            "-rfc",
            "-alias",
            "server",
            "-file",
            exported.toString(),
            "-keystore",
            keys.toString()));
    keytool(
        List.of(
            "-importcert",
            "-noprompt",
            "-alias",
            "server",
            "-file",
            exported.toString(),
            "-keystore",
            trusted.toString()));
    return new Certificate(keys, trusted);
  }

  private static void keytool(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Jvm.keytool());
    command.addAll(arguments);
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Path log = Files.createTempFile("keytool", ".log");
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String said = Files.readString(log);
    Files.delete(log);
    if (status != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }
}
