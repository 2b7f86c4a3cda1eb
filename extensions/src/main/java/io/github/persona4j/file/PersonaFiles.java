package io.github.persona4j.file;

import io.github.persona4j.error.ExpiredLinkException;
import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import okhttp3.ResponseBody;
import retrofit2.Call;

/**
 * Downloads files from the links that the API returns for photos, videos and documents. {@code
 * persona.files()} returns it. Immutable and thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#files -->
 *
 * <pre>{@code
 * Path stored = persona.files().saveTo(url, folder); // named as the server says
 * }</pre>
 *
 * <p>By the protocol a link is signed and is valid without the API key for six hours, unless the
 * organization has chosen up to three days. After that a download throws an {@link
 * ExpiredLinkException}. The link alone gives access to the file, so treat it as a secret. No
 * message of this client contains its query. The key and the headers of {@link RequestOptions} are
 * not sent to the host of files; only the timeouts and the number of retries apply.
 *
 * <p>Files come from {@code https://files.withpersona.com} only, and from origins that the client's
 * builder adds; redirects are followed to such origins only. Requests are retried like any GET by
 * the client's retry policy. The size is limited ({@code maxFileSize}, 1 GiB by default), and an
 * incomplete file is always a failure. The duration of a download is not limited while bytes
 * arrive, unless a {@code callTimeout} is set.
 */
public interface PersonaFiles {
  /** Like {@link #download(String, RequestOptions)}, without options. */
  default Download download(String url) {
    return download(url, RequestOptions.none());
  }

  /**
   * Opens a file. Its bytes arrive as they are read. Unlike {@link #saveTo(String, Path)}, reading
   * is not retried after a connection failure.
   *
   * @param url the link as the API returned it
   * @return the file, to be closed by the caller
   * @throws IllegalArgumentException if the URL is invalid, or leads to an origin that files may
   *     not come from; no request is made then
   * @throws ExpiredLinkException if the response has the status 401, 403, 404 or 410
   * @throws FileTooLargeException if the file is larger than allowed by its stated length
   * @throws PersonaApiException after any other status of 400 or more
   * @throws MalformedResponseException if the response is not a file, redirects to an origin that
   *     is not allowed, or does not show whether the file is complete
   * @throws PersonaConnectionException if no response came
   */
  Download download(String url, RequestOptions options);

  /** Like {@link #saveAs(String, Path, RequestOptions)}, without options. */
  default Path saveAs(String url, Path file) throws IOException {
    return saveAs(url, file, RequestOptions.none());
  }

  /**
   * Downloads a file and stores it like {@link Download#saveAs}. Receiving the file is a part of
   * the call, so a connection failure is retried by the retry policy.
   *
   * @param file a path that does not exist, in a folder that does
   * @return the path of the stored file
   * @throws java.nio.file.FileAlreadyExistsException if the path exists
   * @throws IOException if the file cannot be written
   * @throws PersonaConnectionException if the file could not be received completely
   * @throws RuntimeException for the same reasons as {@link #download(String, RequestOptions)}
   */
  Path saveAs(String url, Path file, RequestOptions options) throws IOException;

  /** Like {@link #saveTo(String, Path, RequestOptions)}, without options. */
  default Path saveTo(String url, Path folder) throws IOException {
    return saveTo(url, folder, RequestOptions.none());
  }

  /**
   * Like {@link #saveAs(String, Path, RequestOptions)}, in a folder, with the {@link Download#name}
   * that the server gives the file.
   *
   * @param folder a folder that exists
   * @return the path of the stored file
   * @throws java.nio.file.NotDirectoryException if it is not a folder; no request is made then
   * @throws java.nio.file.FileAlreadyExistsException if the folder has a file with this name
   */
  Path saveTo(String url, Path folder, RequestOptions options) throws IOException;

  /**
   * Makes a call of a Retrofit interface whose response is a file, such as {@code
   * persona.inquiries().api().print(id, options)}, or one of an interface of your own.
   *
   * @param call a call that returns an undecoded response
   * @return the file, to be closed by the caller
   * @throws FileTooLargeException if the file is larger than allowed by its stated length
   * @throws PersonaApiException after a status of 400 or more
   * @throws MalformedResponseException if the response is not a file, or does not show whether the
   *     file is complete
   * @throws PersonaConnectionException if no response came
   */
  Download open(Call<ResponseBody> call);
}
