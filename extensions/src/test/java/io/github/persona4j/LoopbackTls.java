package io.github.persona4j;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate for 127.0.0.1 that its own clients trust. */
public final class LoopbackTls {
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();

  /** For the server and for its clients. */
  public static final HandshakeCertificates CERTIFICATES =
      new HandshakeCertificates.Builder()
          .heldCertificate(SERVER)
          .addTrustedCertificate(SERVER.certificate())
          .build();

  private LoopbackTls() {}
}
