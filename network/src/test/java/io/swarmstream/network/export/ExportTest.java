package io.swarmstream.network.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.network.history.LoggedDetail;
import io.swarmstream.network.history.SiteContribution;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ExportTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private static LoggedDetail round(long round, String... sites) {
    return new LoggedDetail(
        round,
        "mean",
        AT,
        AT.plusMillis(1_500),
        AT.plusSeconds(2),
        "all-live",
        Stream.of(sites).map(ExportTest::participant).toList(),
        List.of("late"),
        0.25,
        null,
        "00",
        "01",
        "02",
        10,
        3,
        0,
        0,
        round,
        2.5,
        80L);
  }

  private static ParticipantInfo participant(String site) {
    return new ParticipantInfo("0x01", site, 2, 0.5, null, 1.5, 10, 3.5, null, 40L);
  }

  @Test
  void writesALineForEachRoundAndSite() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvExport.write(Stream.of(round(0, "a", "b,\"c\"")), out);

    assertThat(out.toString(StandardCharsets.UTF_8).split("\r\n"))
        .containsExactly(
            "round,closedAt,seconds,participants,leftOut,site,account,weight,loss,metric,epochs,totalEpochs,norm,cosine,bytes",
            "0,2026-01-01T00:00:01.500Z,1.5,2,1,,,,0.25,,,,2.5,,80",
            "0,2026-01-01T00:00:01.500Z,1.5,2,1,a,0x01,2,0.5,,1.5,10.0,3.5,,40",
            "0,2026-01-01T00:00:01.500Z,1.5,2,1,\"b,\"\"c\"\"\",0x01,2,0.5,,1.5,10.0,3.5,,40");
  }

  @Test
  void disarmsWhatASpreadsheetWouldTakeForAFormula() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvExport.write(Stream.of(round(0, "=cmd|' /C calc'!A0")), out);

    assertThat(out.toString(StandardCharsets.UTF_8)).contains(",'=cmd|");
  }

  @Test
  void writesEventFilesWhoseRecordsAreIntact() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorBoardExport.write(
        Stream.of(round(0, "a"), round(300, "a")),
        List.of("../a", ".._a"),
        site -> Stream.of(new SiteContribution(7, AT, 2, 0.5, null, 3.5, -0.25, 40L)),
        out);

    TreeMap<String, Integer> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName().replaceFirst("/.*", ""), records(zip.readAllBytes()).size());
      }
    }
    // The version, then loss, norm, bytes, participants and seconds of two rounds; loss, norm,
    // cosine, bytes and weight of a site.
    assertThat(files)
        .containsEntry("merge", 11)
        .containsEntry("site-.._a", 6)
        .containsEntry("site-.._a-2", 6)
        .hasSize(3);
  }

  private static List<byte[]> records(byte[] file) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.mark();
      int bytes = (int) in.getLong();
      in.reset();
      in.get(length);
      assertThat(in.getInt()).isEqualTo(masked(length));
      byte[] data = new byte[bytes];
      in.get(data);
      assertThat(in.getInt()).isEqualTo(masked(data));
      records.add(data);
    }
    return records;
  }

  private static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
