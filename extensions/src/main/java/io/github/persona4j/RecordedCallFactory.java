package io.github.persona4j;

import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Gives each call its {@link CallRecord}; this is where Retrofit ends and OkHttp begins. */
final class RecordedCallFactory implements Call.Factory {
  private final OkHttpClient http;

  RecordedCallFactory(OkHttpClient http) {
    this.http = http;
  }

  @Override
  public Call newCall(Request request) {
    return http.newCall(request.newBuilder().tag(CallRecord.class, new CallRecord()).build());
  }
}
