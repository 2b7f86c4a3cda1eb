package io.github.persona4j.internal.http;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.PersonaConnectionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies failures below HTTP: the reason, as a phrase that is safe to log, and whether a retry
 * could succeed.
 *
 * <p>The JDK, OkHttp and Okio use one class for many failures, so failures are distinguished by
 * constant messages. A message that may quote data, such as a status line, is not shown.
 */
public final class ConnectionFailure {
  private static final String TIMEOUT = "timeout";
  private static final Pattern CONNECT_STATUS =
      Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");
  private static final Pattern ADDRESS =
      Pattern.compile("Failed to connect to ([\\w.-]*)/(.*):(\\d{1,5})");
  private static final Pattern HOST_NAME = Pattern.compile("([\\w.-]+): .*", Pattern.DOTALL);
  private static final Pattern ALERT = Pattern.compile(".*Received fatal alert: (\\w{1,40})");
  private static final Pattern SOCKS = Pattern.compile("(?:SOCKS|Malformed reply)[A-Za-z :]{0,80}");

  /** Alerts that are caused by settings and not by the state of the server. */
  private static final Set<String> LASTING_ALERTS =
      Set.of(
          "access_denied",
          "bad_certificate",
          "bad_certificate_status_response",
          "certificate_expired",
          "certificate_required",
          "certificate_revoked",
          "certificate_unknown",
          "certificate_unobtainable",
          "handshake_failure",
          "insufficient_security",
          "no_application_protocol",
          "protocol_version",
          "unknown_ca",
          "unknown_psk_identity",
          "unrecognized_name",
          "unsupported_certificate",
          "unsupported_extension");

  /** A failure that would recur in another attempt. The message is the reason. */
  private static final class LastingException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    LastingException(String reason) {
      super(reason);
    }
  }

  private final String reason;
  private final boolean lasting;

  private ConnectionFailure(String reason, boolean lasting) {
    this.reason = reason;
    this.lasting = lasting;
  }

  /**
   * Creates a failure that would recur in another attempt.
   *
   * @param reason the reason, safe to log
   */
  public static IOException lasting(String reason) {
    return new LastingException(reason);
  }

  /**
   * Whether there must be no other attempt: the failure would recur, the deadline has passed, or
   * the call was stopped.
   */
  public static boolean isLasting(IOException failure) {
    return of(failure, "", "").lasting;
  }

  /** The exception of a call, or of one attempt, that failed below HTTP. */
  public static PersonaConnectionException exception(FailedCall call, IOException failure) {
    String host = call.host();
    String target = Origins.hostInUrl(host) + ':' + call.port();
    String reason = of(failure, host, target).reason;
    IOException cause = RedactedFailure.of(failure);
    if (isTimeout(failure)) {
      return PersonaConnectionException.timeout(call, reason, cause);
    }
    return isStop(failure)
        ? PersonaConnectionException.stopped(call, reason, cause)
        : PersonaConnectionException.broken(call, reason, cause);
  }

  /**
   * Creates the failure of a call that timed out, like that of OkHttp's call timeout.
   *
   * @param cause the failure of the connection; null if there is none
   */
  public static InterruptedIOException timeout(@Nullable IOException cause) {
    InterruptedIOException timeout = new InterruptedIOException(TIMEOUT);
    timeout.initCause(cause);
    return timeout;
  }

  /** Whether a timeout of the client expired. */
  static boolean isTimeout(IOException failure) {
    // OkHttp's call timeout is an InterruptedIOException with this message. An interrupted
    // thread gets the same class with another message.
    return failure instanceof SocketTimeoutException
        || (failure instanceof InterruptedIOException && TIMEOUT.equals(failure.getMessage()));
  }

  /** Whether the call was stopped by the caller or the client. */
  static boolean isStop(IOException failure) {
    return (failure instanceof InterruptedIOException && !isTimeout(failure))
        || "Canceled".equalsIgnoreCase(failure.getMessage());
  }

  private static ConnectionFailure of(IOException failure, String host, String target) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    if (failure instanceof SocketTimeoutException) {
      boolean connecting = message.toLowerCase(Locale.ROOT).contains("connect");
      return passing(
          connecting
              ? "no connection to " + target + " in time"
              : target + " did not respond in time");
    }
    if (isTimeout(failure)) {
      return lastingly("the timeout of the call or of the response body expired");
    }
    if (isStop(failure)) {
      return lastingly(stop(message));
    }
    if (failure instanceof LastingException) {
      return lastingly(message);
    }
    if (failure instanceof UnknownHostException) {
      Matcher name = HOST_NAME.matcher(message); // the name of the proxy, if there is one
      return passing(
          "the host name " + (name.matches() ? name.group(1) : host) + " cannot be resolved");
    }
    if (failure instanceof ConnectException) {
      return passing("no connection to " + address(message, host, target));
    }
    if (failure instanceof NoRouteToHostException) {
      return passing("no route to " + target);
    }
    if (failure instanceof UnknownServiceException) {
      return lastingly(service(message));
    }
    if (failure instanceof SSLException tls) {
      return tls(tls, message, target);
    }
    ConnectionFailure known = proxy(failure, message, target);
    known = known == null ? http(failure, message, target) : known;
    return known == null
        ? passing(
            "the connection to " + target + " broke (" + failure.getClass().getSimpleName() + ")")
        : known;
  }

  private static ConnectionFailure lastingly(String reason) {
    return new ConnectionFailure(reason, true);
  }

  private static ConnectionFailure passing(String reason) {
    return new ConnectionFailure(reason, false);
  }

  private static String stop(String message) {
    if (message.endsWith("is closed")) {
      return "the client was closed";
    }
    if (message.equalsIgnoreCase("Canceled")) {
      return "the call was cancelled";
    }
    return message.equals("executor rejected")
        ? "no thread was free for the call, or its executor refused it"
        : "the thread was interrupted";
  }

  // The message contains the address, which may be that of a proxy.
  private static String address(String message, String host, String target) {
    Matcher address = ADDRESS.matcher(message);
    if (!address.matches()) {
      return target;
    }
    String name = address.group(1).isEmpty() ? address.group(2) : address.group(1);
    String tried = name + ':' + address.group(3);
    boolean direct =
        target.endsWith(':' + address.group(3))
            && (address.group(1).isEmpty() || address.group(1).equals(host));
    return direct ? target : tried + ", the address used for " + target;
  }

  private static @Nullable ConnectionFailure proxy(
      IOException failure, String message, String target) {
    if (message.equals("Failed to authenticate with proxy")) {
      return lastingly("the proxy requires authentication (status 407)");
    }
    if (message.startsWith("Too many tunnel connections attempted")) {
      return lastingly("the proxy refused the credentials that it was given (status 407)");
    }
    if (message.startsWith("TLS tunnel buffered too many bytes")) {
      return lastingly("the proxy sent data of its own on the connection to " + target);
    }
    Matcher connect = CONNECT_STATUS.matcher(message);
    if (connect.matches()) {
      int status = Integer.parseInt(connect.group(1));
      return new ConnectionFailure(
          "the proxy refused the connection to " + target + " (status " + status + ")",
          status < 500 && status != 408 && status != 429);
    }
    // Refused without a proxy it is a ConnectException.
    if (message.startsWith("Can't connect to SOCKS proxy")
        || (failure instanceof SocketException && message.startsWith("Connection refused"))) {
      return passing("no connection to the SOCKS proxy for " + target);
    }
    if (failure instanceof SocketException && SOCKS.matcher(message).matches()) {
      boolean lasting =
          message.contains("authentication failed")
              || message.contains("not allowed")
              || message.contains("not supported")
              || message.contains("No acceptable methods")
              || message.contains("Malformed reply");
      return new ConnectionFailure(
          "the SOCKS proxy did not connect to "
              + target
              + " ("
              + message.replaceFirst("^SOCKS ?:? ?", "")
              + ")",
          lasting);
    }
    return null;
  }

  private static String service(String message) {
    if (message.startsWith("plain http ") || message.startsWith("TLS must ")) {
      return message; // from ConnectionInterceptor
    }
    return message.startsWith("CLEARTEXT")
        ? "the OkHttpClient does not allow connections without TLS"
        : "the TLS settings of the OkHttpClient cannot be met";
  }

  private static ConnectionFailure tls(SSLException failure, String message, String target) {
    String none = "no secure connection to " + target + ": ";
    if (failure instanceof SSLPeerUnverifiedException) {
      return lastingly(
          none
              + (message.startsWith("Certificate pinning failure")
                  ? "its certificate does not match the pins"
                  : "its certificate is for another host"));
    }
    if (hasCause(failure, CertificateException.class)) {
      return lastingly(
          none
              + (hasCause(failure, CertificateExpiredException.class)
                  ? "its certificate has expired"
                  : hasCause(failure, CertificateNotYetValidException.class)
                      ? "its certificate is not valid yet"
                      : "its certificate is not trusted"));
    }
    Matcher alert = ALERT.matcher(message);
    if (alert.matches()) {
      return new ConnectionFailure(
          none + "it sent the alert " + alert.group(1), LASTING_ALERTS.contains(alert.group(1)));
    }
    if (message.startsWith("Unsupported or unrecognized SSL message")) {
      return lastingly(none + "the server does not speak TLS");
    }
    if (message.contains("No appropriate protocol")
        || message.contains("selected protocol version")
        || message.contains("Server chose ")) {
      return lastingly(none + "there is no common TLS version or cipher suite");
    }
    return passing(
        "no secure connection to " + target + " (" + failure.getClass().getSimpleName() + ")");
  }

  private static @Nullable ConnectionFailure http(
      IOException failure, String message, String target) {
    if (message.startsWith("unexpected end of stream on ")) {
      return passing(target + " closed the connection before it sent a response");
    }
    if (message.startsWith("CRC:")
        || message.startsWith("ISIZE:")
        || message.startsWith("gzip finished without")
        || failure.getCause() instanceof DataFormatException) {
      return passing("the compressed response of " + target + " is damaged");
    }
    if (message.startsWith("header byte count limit of ")) { // HTTP/2
      return lastingly("the headers of the response are longer than 256 KiB");
    }
    if (message.equals("stream was reset: HTTP_1_1_REQUIRED")) {
      return lastingly(target + " requires HTTP/1.1");
    }
    if (failure instanceof EOFException) {
      return passing("the connection to " + target + " ended within the response");
    }
    if (!(failure instanceof ProtocolException)) {
      return null;
    }
    if (message.startsWith("unexpected end of stream")) {
      return passing("the connection to " + target + " ended within the response");
    }
    if (message.startsWith("HTTP 20") && message.contains(" had non-zero Content-Length")) {
      return lastingly("the response of " + target + " has a body, which its status forbids");
    }
    if (message.startsWith("Too many follow-up requests")) {
      return lastingly("too many follow-up requests, such as those of an authenticator");
    }
    if (message.startsWith("Received HTTP_PROXY_AUTH (407)")) {
      return lastingly(target + " responded with status 407, which only a proxy may send");
    }
    return message.startsWith("Unexpected status line")
        ? passing("the response of " + target + " is not HTTP")
        : null;
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    Throwable cause = failure.getCause();
    for (int i = 0; i < 20 && cause != null; i++) { // causes can form a cycle
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
