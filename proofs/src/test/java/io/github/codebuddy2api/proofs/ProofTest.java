package io.github.codebuddy2api.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
    @TempDir
    Path top;

    @BeforeEach
    void report_into_a_module_of_a_folder_of_its_own() {
        System.setProperty("trust.report", top.resolve("core/target/trust").toString());
        System.setProperty("trust.size", "short");
    }

    @AfterEach
    void report_where_the_build_says_again() {
        System.clearProperty("trust.report");
        System.clearProperty("trust.seed");
        System.clearProperty("trust.size");
    }

    @Test
    void what_a_proof_found_is_in_both_reports() throws Exception {
        System.setProperty("trust.seed", "42");
        Proof proof = new Proof(Promise.P8, "re-chunkings").without("the \"second\" part, which is slow");
        proof.show(() -> proof.seed() + " runs | 0 differences");

        Report report = report();
        assertThat(report.isBroken()).isFalse();
        assertThat(new ReportTable(report).text())
                .contains("holds as far as tried | 42 runs \\| 0 differences (seed 42); *without* the \"second\" part, "
                        + "which is slow | `./trust P8` |");
        assertThat(new ReportJson(report).text())
                .contains("\"figure\": \"42 runs | 0 differences\", \"seed\": 42, "
                        + "\"without\": [\"the \\\"second\\\" part, which is slow\"]");
    }

    @Test
    void a_failed_proof_fails_its_test_and_stands_in_the_report() throws IOException {
        Proof proof = new Proof(Promise.P5, "cuts");

        assertThatThrownBy(() -> proof.show(() -> {
                    throw new AssertionError("offset 17 was passed off\nas whole");
                }))
                .isInstanceOf(AssertionError.class);

        assertThat(report().isBroken()).isTrue();
        assertThat(new ReportTable(report()).text())
                .contains("| does not hold | cuts does not hold: AssertionError: offset 17 was passed off |");
    }

    @Test
    void what_falls_short_is_reported_as_not_holding_and_fails_no_test() throws Exception {
        Proof proof = new Proof(Promise.P10, "crowd");
        proof.show(() -> {
            proof.fallsShort("it took twice as long");
            return "median 8 ms";
        });

        assertThat(report().isBroken()).isTrue();
        assertThat(new ReportTable(report()).text())
                .contains("| does not hold | crowd does not hold: it took twice as long: median 8 ms |");
    }

    @Test
    void a_proof_that_was_killed_is_not_taken_for_one_that_held() throws Exception {
        new Proof(Promise.P1, "kills").show(() -> {
            assertThat(report().standing(Promise.P1)).isEqualTo("not shown");
            assertThat(report().isBroken()).isTrue();
            return "done";
        });

        assertThat(report().standing(Promise.P1)).isEqualTo("holds");
    }

    @Test
    void the_worst_proof_decides_about_its_promise() throws Exception {
        new Proof(Promise.P3, "full").show(() -> "fine");
        assertThatThrownBy(() -> new Proof(Promise.P3, "read-only").show(() -> {
            throw new IllegalStateException("no");
        }));

        assertThat(report().standing(Promise.P3)).isEqualTo("does not hold");
        assertThat(report().standing(Promise.P4)).isEqualTo("not tried");
    }

    @Test
    void a_proof_that_did_not_run_is_missed() throws Exception {
        List<ProofList.Entry> two =
                List.of(new ProofList.Entry(Promise.P3, "full"), new ProofList.Entry(Promise.P20, "timing"));
        new Proof(Promise.P3, "full").show(() -> "fine");

        Report lacking = Report.of("1234567", "./trust", "2 cores", TrustReport.findings(top), two);
        assertThat(lacking.isBroken()).isTrue();
        assertThat(lacking.standing(Promise.P20)).isEqualTo("not shown");
        assertThat(lacking.standing(Promise.P27)).isEqualTo("does not hold");
        assertThat(lacking.command(Promise.P27)).isEqualTo("./trust");
        assertThat(new ReportTable(lacking).text()).contains("1 proofs, without timing");
        assertThat(Report.of("1234567", "./trust P3", "2 cores", TrustReport.findings(top), two)
                        .isBroken())
                .isFalse();

        new Proof(Promise.P20, "timing").show(() -> "fine");
        List<Finding> both = TrustReport.findings(top);
        assertThat(Report.of("1234567", "./trust", "2 cores", both, two).standing(Promise.P27))
                .isEqualTo("holds");
        assertThat(Report.of("1234567-dirty", "./trust", "2 cores", both, two).standing(Promise.P27))
                .isEqualTo("holds as far as tried");
        assertThat(Report.of("1234567", "./trust P20", "2 cores", both, two).standing(Promise.P27))
                .isEqualTo("not tried");
    }

    @Test
    void less_than_the_figure_asked_for_holds_as_far_as_tried() throws Exception {
        new Proof(Promise.P1, "kills").show(() -> "without an amount");
        assertThat(report().standing(Promise.P1)).isEqualTo("holds");

        Proof proof = new Proof(Promise.P1, "kills");
        proof.show(() -> proof.amount(1, 20, 300) + " kills");

        assertThat(report().standing(Promise.P1)).isEqualTo("holds as far as tried");
        assertThat(new ReportJson(report()).text()).contains("\"size\": \"short\", \"figure\": \"20 kills\"");
    }

    @Test
    void every_promise_has_its_proofs_and_a_name_nobody_knows_is_refused() {
        assertThat(ProofList.all()).extracting(ProofList.Entry::promise).contains(Promise.P1, Promise.P26);
        assertThat(Stream.of(Promise.values())
                        .filter(promise -> promise != Promise.P27)
                        .filter(promise -> ProofList.all().stream().noneMatch(entry -> entry.promise() == promise)))
                .isEmpty();
        assertThatThrownBy(() -> Proof.of(Promise.P1, "nobody-knows")).hasMessageContaining("proofs.txt");
    }

    @Test
    void a_name_that_is_no_file_name_is_refused() {
        assertThatThrownBy(() -> new Proof(Promise.P1, "../P1")).isInstanceOf(IllegalArgumentException.class);
    }

    private Report report() throws IOException {
        Files.createDirectories(top.resolve("core/target/trust"));
        List<Finding> findings = TrustReport.findings(top);
        return new Report("1234567", "./trust", "2 cores", findings);
    }
}
