package io.github.persona4j.examples;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.CreateInquiryRequest;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.request.KeyOptional;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.Required;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Tag;

/** The interface of a user's own in the guide. */
// region your-own-retrofit-interfaces
interface ThingsApi {
  @GET("inquiries/{inquiry-id}/things")
  Call<InquiryResponse> list(@Path("inquiry-id") String id, @Tag RequestOptions options);

  @POST("things")
  Call<JsonValue> create(@Body CreateInquiryRequest body);

  @KeyOptional
  @GET("status")
  Call<ResponseBody> status(@Required @Query("kind") String kind);
}
// endregion
