package io.github.persona4j.webhook;

import io.github.persona4j.json.SafeText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from which webhook requests may come, as a first filter before the signature.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#sender-addresses -->
 *
 * <pre>{@code
 * SenderAddresses senders = SenderAddresses.of("192.0.2.0/24", "2001:db8::/32");
 * boolean known = senders.contains("192.0.2.17");
 * }</pre>
 *
 * <p>There is no list of its own: Persona publishes the addresses per region and changes them. This
 * must never be the only check. A list that is out of date refuses real requests, others can use
 * the same addresses, and behind a proxy the address is that of the proxy. Immutable and
 * thread-safe.
 */
public final class SenderAddresses {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 =
      Pattern.compile("(?=[^:]{0,4}:)[0-9a-fA-F:]{2,39}(?:[0-9]{1,3}\\.){0,3}[0-9]{0,3}");
  private static final Pattern ZONE = Pattern.compile("%[A-Za-z0-9._-]{1,40}$");
  private static final int MAX_LENGTH = 45; // IPv6 with an embedded IPv4 address
  private static final int MAX_ZONE_LENGTH = 41;
  private static final int IPV4_BYTES = 4;
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  private final List<Range> ranges;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Range(byte[] address, int bits) {
    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private SenderAddresses(List<Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * Returns the addresses in some ranges.
   *
   * @param ranges IPv4 or IPv6 addresses, each alone or with the length of a prefix, such as {@code
   *     192.0.2.0/24}; host names are not allowed
   * @throws IllegalArgumentException if there is none, or one is not such a range
   */
  public static SenderAddresses of(String... ranges) {
    if (Objects.requireNonNull(ranges, "ranges").length == 0) {
      throw new IllegalArgumentException("ranges: at least one is required");
    }
    return new SenderAddresses(Arrays.stream(ranges).map(SenderAddresses::range).toList());
  }

  private static Range range(String range) {
    int slash = Objects.requireNonNull(range, "range").indexOf('/');
    byte[] address = parse(slash < 0 ? range : range.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "ranges: " + SafeText.of(range) + " is not an IP address or a range");
    }
    if (range.contains(":") && address.length == IPV4_BYTES) {
      throw new IllegalArgumentException(
          "ranges: " + SafeText.of(range) + " must be written as IPv4");
    }
    int max = address.length * 8;
    String bits = slash < 0 ? String.valueOf(max) : range.substring(slash + 1);
    if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > max) {
      throw new IllegalArgumentException(
          "ranges: the length of the prefix of "
              + SafeText.of(range)
              + " must be from 0 to "
              + max);
    }
    return new Range(address, Integer.parseInt(bits));
  }

  /** Returns the bytes of an address; null if it is none. Never looks up a name. */
  private static byte @Nullable [] parse(String address) {
    if (address.length() > MAX_LENGTH
        || !(IPV4.matcher(address).matches() || IPV6.matcher(address).matches())) {
      return null;
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /**
   * Returns whether an address is in one of the ranges.
   *
   * @param address the address of the connection; null, a host name and anything else that is not
   *     an IP address is in none
   */
  public boolean contains(@Nullable String address) {
    if (address == null || address.length() > MAX_LENGTH + MAX_ZONE_LENGTH) {
      return false;
    }
    // The zone of a local address, such as fe80::1%eth0, does not count.
    byte[] bytes = parse(ZONE.matcher(address).replaceFirst(""));
    return bytes != null && ranges.stream().anyMatch(range -> range.contains(bytes));
  }

  /** Returns whether an address is in one of the ranges. */
  public boolean contains(InetAddress address) {
    byte[] bytes = Objects.requireNonNull(address, "address").getAddress();
    return ranges.stream().anyMatch(range -> range.contains(bytes));
  }

  /** Shows the number of ranges. */
  @Override
  public String toString() {
    return "SenderAddresses{" + ranges.size() + " ranges}";
  }
}
