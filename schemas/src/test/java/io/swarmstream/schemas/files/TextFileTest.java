package io.swarmstream.schemas.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"UTF-8, false", "UTF-8, true", "UTF-16LE, true", "UTF-16BE, true"})
  void readsWhatAnyEditorWrites(String charset, boolean mark) throws IOException {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      Path file = written((mark ? "\uFEFF" : "") + "schlüssel=wert" + end + "b=2" + end, charset);

      assertThat(TextFile.read(file)).isEqualTo("schlüssel=wert\nb=2\n");
      assertThat(TextFile.firstLine(file)).isEqualTo("schlüssel=wert");
      assertThat(TextFile.properties(file))
          .containsEntry("schlüssel", "wert")
          .containsEntry("b", "2");
    }
  }

  @Test
  void keepsBlanksOfAPassword() throws IOException {
    assertThat(TextFile.firstLine(written(" two words \r\n", "UTF-8"))).isEqualTo(" two words ");
  }

  @Test
  void saysWhichFileIsInAnotherEncoding() throws IOException {
    Path file = written("Schlüssel", "ISO-8859-1");
    assertThatThrownBy(() -> TextFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + " is no UTF-8 text; save it as UTF-8");
  }

  @Test
  void saysWhichFileHasAnEscapeThatIsNone() throws IOException {
    Path file = written("ssl.truststore.location=C:\\users\\me", "UTF-8");
    assertThatThrownBy(() -> TextFile.properties(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + " is no properties file")
        .hasMessageEndingWith("write a \\ as \\\\");
  }

  private Path written(String text, String charset) throws IOException {
    return Files.write(folder.resolve("file"), text.getBytes(Charset.forName(charset)));
  }
}
