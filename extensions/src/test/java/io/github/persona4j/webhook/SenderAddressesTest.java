package io.github.persona4j.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0, true",
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.0/23, 192.0.3.1, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "::/0, 2001:db9::1, true",
    "192.0.2.0/24, ::ffff:192.0.2.9, true",
    "2001:db8::/32, 2001:db8::1%eth0, true",
    "2001:db8::/32, 2001:db8::1%, false",
    "::/0, ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255, true",
    "192.0.2.0/24, example.com, false",
    "192.0.2.0/24, 192.0.2, false",
    "192.0.2.0/24, 192.0.2.256, false",
    "192.0.2.0/24, '192.0.2.1, 192.0.2.2', false",
    "192.0.2.0/24, '', false",
    "192.0.2.0/24, , false"
  })
  void address_isInARange(String range, String address, boolean expected) {
    assertThat(SenderAddresses.of(range).contains(address)).isEqualTo(expected);
  }

  @Test
  void severalRanges_areChecked() throws UnknownHostException {
    SenderAddresses senders = SenderAddresses.of("192.0.2.7", "2001:db8::/32");

    assertThat(senders.contains("2001:db8::5")).isTrue();
    assertThat(senders.contains(InetAddress.getByName("192.0.2.7"))).isTrue();
    assertThat(senders.contains(InetAddress.getLoopbackAddress())).isFalse();
    assertThat(senders).hasToString("SenderAddresses{2 ranges}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "abc",
        "192.0.2",
        "192.0.2.256",
        "1.2.3.4.",
        "2001:db8",
        ":::",
        "::1%eth0"
      })
  void rangeThatIsNoAddress_isRefused(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SenderAddresses.of(range))
        .withMessage("ranges: " + range + " is not an IP address or a range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/x", "::/129"})
  void invalidPrefix_isRefused(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SenderAddresses.of(range))
        .withMessageMatching("ranges: the length of the prefix of .+ must be from 0 to (32|128)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::ffff:192.0.2.0/120", "::ffff:192.0.2.0/24", "::ffff:192.0.2.1"})
  void ipv4InIpv6_isRefusedAsARange(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SenderAddresses.of(range))
        .withMessage("ranges: " + range + " must be written as IPv4");
  }

  @Test
  @Timeout(10)
  void longAddresses_takeNoTime() {
    SenderAddresses senders = SenderAddresses.of("192.0.2.0/24");
    for (String text : List.of(":", "a:", "1.", "%", "fe80::1%a")) {
      for (int i = 0; i < 1_000; i++) {
        assertThat(senders.contains(text.repeat(20_000) + "x")).isFalse();
      }
    }
  }

  @Test
  void noRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(SenderAddresses::of)
        .withMessage("ranges: at least one is required");
  }
}
