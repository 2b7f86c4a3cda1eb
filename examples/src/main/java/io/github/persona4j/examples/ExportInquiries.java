package io.github.persona4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.InquirySearch;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.paging.Page;
import io.github.persona4j.search.Search;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Writes all inquiries into a CSV file. After a failure, the next run continues. */
final class ExportInquiries {
  private ExportInquiries() {}

  static void export(PersonaClient persona, Path csv, Path bookmark) throws IOException {
    // region export
    Bookmark start = Bookmark.read(bookmark);
    try (FileChannel file =
        FileChannel.open(csv, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (file.size() < start.length()) {
        throw new IOException("The file is shorter than its bookmark; delete both to begin again");
      }
      file.truncate(start.length()).position(start.length()); // drops rows after the bookmark
      for (Page<Inquiry> page :
          persona.inquiries().listAll(q -> q.pageAfter(start.cursor())).pages()) {
        StringBuilder rows = new StringBuilder();
        page.items().forEach(inquiry -> rows.append(row(inquiry)));
        ByteBuffer bytes = UTF_8.encode(rows.toString());
        while (bytes.hasRemaining()) {
          file.write(bytes); // may write less than all
        }
        file.force(false);
        String next = page.nextCursor();
        if (next != null) {
          new Bookmark(file.position(), next).write(bookmark);
        }
      }
    }
    Files.deleteIfExists(bookmark); // complete: the next run begins again
    // endregion
  }

  /** Exports the approved inquiries after a cursor, which is null for the first of them. */
  static long countApproved(PersonaClient persona, @Nullable String cursor) {
    // region search
    Search<Inquiry> approved =
        Search.where(InquirySearch.STATUS.eq(InquiryStatus.APPROVED))
            .orderBy(InquirySearch.CREATED_AT.ascending());
    Search<Inquiry> rest = cursor == null ? approved : approved.pageAfter(cursor);
    long rows = 0;
    for (Page<Inquiry> page : persona.inquiries().searchAll(rest).pages()) {
      rows += page.items().size(); // write them as above, then store page.nextCursor()
    }
    // endregion
    return rows;
  }

  // region row
  static String row(Inquiry inquiry) {
    return String.join(
            ",",
            quoted(inquiry.id()),
            quoted(inquiry.attributes().referenceId()),
            quoted(inquiry.attributes().status()),
            quoted(inquiry.attributes().createdAt()))
        + "\n";
  }

  static String quoted(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    // A spreadsheet would execute a text that begins like a formula.
    String safe = text.matches("(?s)[=+\\-@\\t\\r\\n].*") ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }

  // endregion

  // region bookmark
  /** The length of the file, and the cursor of the page that follows. */
  record Bookmark(long length, @Nullable String cursor) {
    static Bookmark read(Path file) throws IOException {
      if (!Files.exists(file)) {
        return new Bookmark(0, null);
      }
      String[] parts = Files.readString(file).split(" ", 2);
      return new Bookmark(Long.parseLong(parts[0]), parts[1]);
    }

    void write(Path file) throws IOException {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Path written = Files.writeString(next, length + " " + cursor);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }
  // endregion
}
