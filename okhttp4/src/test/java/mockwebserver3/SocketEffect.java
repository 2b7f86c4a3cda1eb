package mockwebserver3;

/** What happens to the connection. */
public interface SocketEffect {
  /** It is closed. */
  final class CloseSocket implements SocketEffect {}

  /** It stays open and silent. */
  final class Stall implements SocketEffect {
    public static final Stall INSTANCE = new Stall();

    private Stall() {}
  }
}
