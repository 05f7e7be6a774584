package io.swarmstream.local.processes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A web page that wants its code to run in a cluster: it sends what a form can send, to any
 * address, and trusts any server. Its code writes a file.
 */
final class Intruder {
  private static final String BOUNDARY = "----page";
  private static final Pattern JAR_ID = Pattern.compile("([0-9a-f-]{36}_[^\"/]*\\.jar)");

  private final Path marker;
  private final HttpClient client;

  Intruder(Path marker) throws Exception {
    this.marker = marker;
    SSLContext anyServer = SSLContext.getInstance("TLS");
    anyServer.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
    this.client =
        HttpClient.newBuilder()
            .sslContext(anyServer)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** What a jar's main does. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), "intruded");
  }

  /** What a job's function does. */
  static final class Intrusion implements MapFunction<Long, Long> {
    private static final long serialVersionUID = 1;
    private final String marker;

    Intrusion(String marker) {
      this.marker = marker;
    }

    @Override
    public Long map(Long value) throws Exception {
      Files.writeString(Path.of(marker), "intruded");
      return value;
    }
  }

  boolean hasIntruded() {
    return Files.exists(marker);
  }

  /** Has a jar taken and its main run; the answers that came, of requests that were answered. */
  List<Integer> runsAJar(String url) throws Exception {
    List<Integer> answers = new ArrayList<>();
    String uploaded = post(url + "/jars/upload", answers, new Part("jarfile", "a.jar", jar()));
    Matcher id = JAR_ID.matcher(uploaded);
    if (id.find()) {
      post(
          url
              + "/jars/"
              + id.group(1)
              + "/run?entry-class="
              + Intruder.class.getName()
              + "&programArg="
              + marker,
          answers);
    }
    return answers;
  }

  /** Has a job taken as {@code flink run} does it. */
  List<Integer> submitsAJob(String url) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    env.setParallelism(1);
    env.fromSequence(0, 1).map(new Intrusion(marker.toString())).sinkTo(new DiscardingSink<>());
    JobGraph job = env.getStreamGraph().getJobGraph();
    ByteArrayOutputStream serialized = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(serialized)) {
      out.writeObject(job);
    }
    List<Integer> answers = new ArrayList<>();
    String request =
        "{\"executionPlanFileName\":\"plan\",\"jobGraphFileName\":\"plan\","
            + "\"jobJarFileNames\":[\"a.jar\"],\"jobArtifactFileNames\":[]}";
    post(
        url + "/jobs",
        answers,
        new Part("request", "", request.getBytes(StandardCharsets.UTF_8)),
        new Part("file_0", "plan", serialized.toByteArray()),
        new Part("file_1", "a.jar", jar()));
    return answers;
  }

  private record Part(String name, String file, byte[] body) {}

  private String post(String url, List<Integer> answers, Part... parts) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Part part : parts) {
      String head =
          "--"
              + BOUNDARY
              + "\r\nContent-Disposition: form-data; name=\""
              + part.name()
              + "\""
              + (part.file().isEmpty()
                  ? ""
                  : "; filename=\""
                      + part.file()
                      + "\"\r\nContent-Type: application/x-java-archive")
              + "\r\n\r\n";
      body.write(head.getBytes(StandardCharsets.UTF_8));
      body.write(part.body());
      body.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .header("Origin", "http://page.example");
    if (parts.length == 0) {
      request.POST(BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
          .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    }
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      answers.add(answer.statusCode());
      return answer.body();
    } catch (IOException e) {
      return ""; // refused before there was an answer
    }
  }

  private static byte[] jar() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      for (Class<?> type : List.of(Intruder.class, Intrusion.class, Part.class, Credulous.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream code =
            Objects.requireNonNull(Intruder.class.getClassLoader().getResourceAsStream(name))) {
          code.transferTo(jar);
        }
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
