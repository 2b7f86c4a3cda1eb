package io.github.persona4j.internal.oauth;

import java.security.SignatureException;
import java.util.Arrays;

/** Converts signatures of the curve P-256 from DER to the format of JSON Web Signature. */
final class EcdsaSignature {
  private static final int NUMBER_LENGTH = 32;
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private final byte[] der;
  private int position;

  private EcdsaSignature(byte[] der) {
    this.der = der;
  }

  /**
   * Returns the two numbers of a signature side by side, 32 bytes each.
   *
   * @param der a sequence of two integers
   * @throws SignatureException if it is anything else
   */
  static byte[] fromDer(byte[] der) throws SignatureException {
    EcdsaSignature signature = new EcdsaSignature(der);
    signature.expect(SEQUENCE);
    signature.expect(der.length - 2); // at most 70, so that the length is one byte
    byte[] numbers = new byte[2 * NUMBER_LENGTH];
    signature.copyInteger(numbers, 0);
    signature.copyInteger(numbers, NUMBER_LENGTH);
    if (signature.position != der.length) {
      throw notDer();
    }
    return numbers;
  }

  private void copyInteger(byte[] to, int offset) throws SignatureException {
    expect(INTEGER);
    int length = next();
    int end = position + length;
    if (length <= 0 || end > der.length) {
      throw notDer();
    }
    // A zero byte precedes a number whose first bit is set.
    int start = position;
    while (start < end && der[start] == 0) {
      start++;
    }
    if (end - start > NUMBER_LENGTH) {
      throw notDer();
    }
    byte[] number = Arrays.copyOfRange(der, start, end);
    System.arraycopy(number, 0, to, offset + NUMBER_LENGTH - number.length, number.length);
    position = end;
  }

  private void expect(int value) throws SignatureException {
    if (next() != value) {
      throw notDer();
    }
  }

  private int next() throws SignatureException {
    if (position == der.length) {
      throw notDer();
    }
    return der[position++];
  }

  private static SignatureException notDer() {
    return new SignatureException("the signature is not in the format DER");
  }
}
