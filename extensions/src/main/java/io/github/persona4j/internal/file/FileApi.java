package io.github.persona4j.internal.file;

import io.github.persona4j.internal.call.BodyReceiver;
import io.github.persona4j.internal.http.FileTag;
import io.github.persona4j.request.RequestOptions;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Headers;
import retrofit2.http.Streaming;
import retrofit2.http.Tag;
import retrofit2.http.Url;

/** The Retrofit interface for file requests. */
interface FileApi {
  // Images and PDFs are already compressed, and without an encoding the length is known.
  @GET
  @Streaming
  @Headers({"Accept: */*", "Accept-Encoding: identity"})
  Call<ResponseBody> get(
      @Url HttpUrl url, @Tag FileTag tag, @Tag BodyReceiver receiver, @Tag RequestOptions options);
}
