package io.github.persona4j.file;

import io.github.persona4j.error.ExpiredLinkException;
import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.file.FileRequest.Answer;
import io.github.persona4j.request.CallRunner;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * Fetches files from the links that the API gives for photos, videos and documents, and stores
 * files and PDF prints on disk. What {@code client.files()} returns; immutable and thread-safe.
 *
 * <pre>{@code
 * try (Download photo = client.files().download(url)) {
 *   Path stored = photo.to(Path.of("photos")); // a folder: the file keeps its name
 * }
 * }</pre>
 *
 * <p>By the protocol a link is signed and opens without the API key for six hours, unless the
 * organization chose up to three days; {@link ExpiredLinkException} says that it is over. Whoever
 * has the link has the file: treat it as a secret. No message of this client shows its query, and
 * the key is never sent along, nor are the headers of {@link RequestOptions}; of those only the
 * time limits and the number of retries count here.
 *
 * <p>Files come from {@code https://files.withpersona.com} only, and from where else the client's
 * builder allows; redirects are followed to such places only. They are requested again like any GET
 * by the client's retry policy. Their size is limited ({@code maxFileSize}, 1 GiB unless set), and
 * one that breaks off is a failure, never a short file. It may take any time as long as bytes
 * arrive, unless a {@code callTimeout} is set.
 */
public final class PersonaFiles {
  private final FileApi api;
  private final CallRunner runner;
  private final FileRules rules;

  /** For {@code PersonaClient}. */
  public PersonaFiles(Retrofit retrofit, CallRunner runner, FileRules rules) {
    this.api = retrofit.create(FileApi.class);
    this.runner = runner;
    this.rules = rules;
  }

  /** Like {@link #download(String, RequestOptions)}, without options. */
  public Download download(String url) {
    return download(url, RequestOptions.none());
  }

  /**
   * Opens a file. Its bytes arrive while they are read, and a connection that breaks then is not
   * made anew; {@link #save(String, Path)} does that.
   *
   * @param url the link as the API gave it
   * @return the file, to be closed by the caller
   * @throws IllegalArgumentException if the URL is none, or leads where files are not allowed to
   *     come from; no request is made then
   * @throws ExpiredLinkException if the answer is 401, 403, 404 or 410
   * @throws FileTooLargeException if the answer says that the file is larger than allowed
   * @throws PersonaApiException after any other status of 400 or more
   * @throws MalformedResponseException if the answer is no file, redirects to a place that is not
   *     allowed, or would not show whether the file is complete
   * @throws PersonaConnectionException if no answer came
   */
  public Download download(String url, RequestOptions options) {
    AtomicReference<@Nullable Download> opened = new AtomicReference<>();
    FileRequest request = new FileRequest(rules, answer -> opened.set(open(answer)));
    ResponseBody unused = send(url, request, options);
    return Objects.requireNonNull(opened.get());
  }

  /** Like {@link #save(String, Path, RequestOptions)}, without options. */
  public Path save(String url, Path target) throws IOException {
    return save(url, target, RequestOptions.none());
  }

  /**
   * Fetches a file and stores it as {@link Download#to} does. Other than there, receiving the file
   * is a part of the call: one that breaks off is requested again by the retry policy.
   *
   * @param target where to store it: a path that does not exist, or a folder, in which the file
   *     gets its own name
   * @return where it is
   * @throws java.nio.file.FileAlreadyExistsException if there is something at that path
   * @throws IOException if the disk does not take the file
   * @throws PersonaConnectionException if the file did not arrive as a whole
   * @throws RuntimeException for the same reasons as {@link #download(String, RequestOptions)}
   */
  public Path save(String url, Path target, RequestOptions options) throws IOException {
    Objects.requireNonNull(target, "target");
    AtomicReference<@Nullable Path> stored = new AtomicReference<>();
    FileRequest request =
        new FileRequest(
            rules,
            answer -> {
              try (Download download = open(answer)) {
                stored.set(download.store(target, false));
              } catch (FileStream.BrokenException e) {
                throw e.reported();
              } catch (IOException e) {
                // Another attempt would meet the same disk.
                throw new UncheckedIOException(e);
              }
            });
    try {
      send(url, request, options).close();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Objects.requireNonNull(stored.get());
  }

  /**
   * Stores an answer that is a file, such as a PDF print: {@code
   * files.save(client.inquiries().print(id), path)}. The body is closed in any case.
   *
   * @param target where to store it: a path that does not exist
   * @throws java.nio.file.FileAlreadyExistsException if there is something at that path
   * @throws IOException if the disk does not take the file, the answer broke off or was read in
   *     part before, or this thread was interrupted
   * @throws FileTooLargeException if it is larger than allowed
   * @throws MalformedResponseException if the answer would not show whether it is complete
   */
  public void save(ResponseBody body, Path target) throws IOException {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(target, "target");
    try (FileStream bytes =
        new FileStream(body.byteStream(), body.contentLength(), rules.maxSize(), null)) {
      if (OpenEnd.isMarked(body)) {
        throw new MalformedResponseException(OpenEnd.FAULT);
      }
      AtomicFile.write(bytes, target, false);
    }
  }

  private ResponseBody send(String url, FileRequest request, RequestOptions options) {
    Objects.requireNonNull(options, "options");
    try {
      return runner.run(api.get(checked(url), request, options));
    } catch (MalformedResponseException e) {
      MalformedResponseException redirect = request.unfollowed();
      throw redirect == null ? e : withEarlier(e, redirect);
    } catch (PersonaApiException e) {
      throw switch (e.status()) {
        case 401, 403, 404, 410 ->
            withEarlier(e, ExpiredLinkException.of(request.refused(e), e.body()));
        default -> e;
      };
    }
  }

  /** An exception in the place of another one, with the failures of earlier attempts. */
  private static <E extends PersonaException> E withEarlier(PersonaException replaced, E by) {
    for (Throwable earlier : replaced.getSuppressed()) {
      by.addSuppressed(earlier);
    }
    return by;
  }

  private Download open(Answer answer) {
    Response response = answer.response();
    ResponseBody body = Objects.requireNonNull(response.body());
    String encoding = response.header("Content-Encoding");
    String fault = null;
    if (response.code() != 200) {
      fault = "this status is not expected";
    } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      fault = "the file is compressed, which was not asked for";
    } else if (OpenEnd.of(response)) {
      fault = OpenEnd.FAULT;
    }
    if (fault != null) {
      response.close();
      throw new MalformedResponseException(answer.call(), fault, null, null);
    }
    if (body.contentLength() > rules.maxSize()) {
      response.close();
      throw new FileTooLargeException(rules.maxSize(), answer.call());
    }
    return new Download(answer, body, rules.maxSize());
  }

  private HttpUrl checked(String text) {
    HttpUrl url = HttpUrl.parse(Objects.requireNonNull(text, "url").trim());
    if (url == null) {
      throw new IllegalArgumentException("url must be an absolute http or https URL");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new IllegalArgumentException("url must not have a user or password");
    }
    if (!rules.allow(url)) {
      throw new IllegalArgumentException(
          "url must lead to a place from which the client's builder allows files (allowFilesFrom)");
    }
    return url;
  }
}
