package io.github.persona4j.testing.internal.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Creates documents in the format PDF 1.4: a title and lines of text on as many pages as needed.
 */
public final class Pdf {
  private static final int LINES_PER_PAGE = 48;
  private static final int LINE_LENGTH = 95;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();

  private Pdf() {}

  /** Returns a document. Characters that its font does not have become question marks. */
  public static byte[] of(String title, List<String> lines) {
    return new Pdf().document(title, wrapped(lines));
  }

  private static List<String> wrapped(List<String> lines) {
    List<String> wrapped = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      while (rest.length() > LINE_LENGTH) {
        wrapped.add(rest.substring(0, LINE_LENGTH));
        rest = "    " + rest.substring(LINE_LENGTH);
      }
      wrapped.add(rest);
    }
    return wrapped;
  }

  private byte[] document(String title, List<String> lines) {
    int pages = Math.max(1, (lines.size() + LINES_PER_PAGE - 1) / LINES_PER_PAGE);
    write("%PDF-1.4\n");
    object("<< /Type /Catalog /Pages 2 0 R >>");
    StringBuilder kids = new StringBuilder();
    for (int page = 0; page < pages; page++) {
      kids.append(4 + 2 * page).append(" 0 R ");
    }
    object("<< /Type /Pages /Kids [" + kids + "] /Count " + pages + " >>");
    object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    for (int page = 0; page < pages; page++) {
      object(
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
              + (5 + 2 * page)
              + " 0 R /Resources << /Font << /F1 3 0 R >> >> >>");
      int from = page * LINES_PER_PAGE;
      String content =
          content(title, lines.subList(from, Math.min(lines.size(), from + LINES_PER_PAGE)));
      object("<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream");
    }
    int start = bytes.size();
    write("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
    offsets.forEach(offset -> write(String.format(Locale.ROOT, "%010d 00000 n \n", offset)));
    write("trailer\n<< /Size " + (offsets.size() + 1) + " /Root 1 0 R >>\n");
    write("startxref\n" + start + "\n%%EOF\n");
    return bytes.toByteArray();
  }

  private static String content(String title, List<String> lines) {
    StringBuilder text = new StringBuilder("BT\n/F1 14 Tf\n50 790 Td\n");
    text.append('(').append(escaped(title)).append(") Tj\n/F1 9 Tf\n15 TL\n0 -12 Td\n");
    lines.forEach(line -> text.append("T* (").append(escaped(line)).append(") Tj\n"));
    return text.append("ET").toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == ')' || c == '\\') {
        escaped.append('\\');
      }
      boolean inFont = (c >= ' ' && c <= '~') || (c >= '\u00a0' && c <= '\u00ff');
      escaped.append(inFont ? c : '?');
    }
    return escaped.toString();
  }

  private void object(String content) {
    offsets.add(bytes.size());
    write(offsets.size() + " 0 obj\n" + content + "\nendobj\n");
  }

  private void write(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
