package dev.verso.service.deepl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.file.FileKind;
import dev.verso.job.JobWorkers;
import dev.verso.service.http.Caller;
import dev.verso.service.http.Detection;
import dev.verso.service.http.Problem;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Translations;
import dev.verso.store.JobOptions;
import dev.verso.store.JobStore;
import dev.verso.usecase.TranslateFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Documents of DeepL's API, version 2: each is a job. */
@RestController("deeplDocuments")
@RequestMapping("/v2")
class DocumentController {

  private final Answers answers;
  private final Parameters parameters;
  private final Translations translations;
  private final JobStore jobs;
  private final JobWorkers jobWorkers;

  DocumentController(
      Answers answers,
      Parameters parameters,
      Translations translations,
      JobStore jobs,
      JobWorkers jobWorkers) {
    this.answers = answers;
    this.parameters = parameters;
    this.translations = translations;
    this.jobs = jobs;
    this.jobWorkers = jobWorkers;
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping({"/document", "/document/"})
  Mono<ResponseEntity<byte[]>> upload(ServerWebExchange exchange) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          boolean told = Parameters.requireSupported(received);
          if (received.files().isEmpty()) {
            throw Problem.badRequest("Parameter 'file' not specified.");
          }
          Requests.Upload file = received.files().get(0);
          String name =
              received
                  .string("filename")
                  .filter(n -> !n.isBlank())
                  .map(Requests::safe)
                  .orElse(file.name());
          FileKind kind = FileKind.of(name, file.bytes());
          requireFormat(received, kind);
          if (!told) {
            requireFrench(name, kind, file.bytes());
          }
          Optional<String> glossary = parameters.glossaryId(received, caller);
          translations.requireRoom(caller, List.of(new JobStore.Submitted(name, file.bytes())));
          translations.countFile(caller, kind, file.bytes());
          String id =
              jobs.submit(
                  caller.owner(),
                  Optional.empty(),
                  new JobOptions("document", 4, true, told, "auto", glossary.orElse(null), null),
                  List.of(new JobStore.Submitted(name, file.bytes())));
          jobWorkers.wake();
          return Responses.json(Map.of("document_id", id, "document_key", key(id)));
        });
  }

  /** Of what is text the language is known at once; the job finds it out of the rest. */
  private static void requireFrench(String name, FileKind kind, byte[] file) {
    if (kind.isBinary()) {
      return;
    }
    String text = new String(file, StandardCharsets.UTF_8);
    Detection detected = Detection.of(kind == FileKind.TEXT ? text : Detection.withoutTags(text));
    if (!detected.isFrench()) {
      throw Problem.badRequest(
          "Source language "
              + detected.language().toUpperCase(Locale.ROOT)
              + " of "
              + name
              + " not supported; set source_lang to FR if it is French.");
    }
  }

  /** A file keeps its format, except printed pages, which nobody is to save as what they were. */
  private static void requireFormat(Requests.Received received, FileKind kind) {
    FileKind result = TranslateFile.resultOf(kind);
    String format =
        received
            .string("output_format")
            .map(given -> given.strip().toLowerCase(Locale.ROOT))
            .filter(given -> !given.isEmpty())
            .orElse(kind.extension());
    if (!result.isNamed(format)) {
      throw Problem.badRequest(
          "Value for 'output_format' not supported: the translation of a "
              + kind.extension()
              + " file can only be written as "
              + result.extension()
              + (result == kind
                  ? "; leave it out."
                  : "; set output_format to " + result.extension() + "."));
    }
  }

  /** A word that only the one who sent the document was told; the id is secret enough. */
  private static String key(String id) {
    return id.replace("-", "").toUpperCase(Locale.ROOT);
  }

  private JobStore.Entry entry(Requests.Received received, Caller caller, String id) {
    String known = Requests.known(id);
    if (!received.string("document_key").orElse("").equals(key(known))) {
      throw Problem.notFound("Document not found");
    }
    return jobs.documents(caller.owner(), known, 0, 1).stream()
        .findFirst()
        .orElseThrow(() -> Problem.notFound("Document not found"));
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping("/document/{id}")
  Mono<ResponseEntity<byte[]>> status(ServerWebExchange exchange, @PathVariable String id) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          JobStore.Entry entry = entry(received, caller, id);
          ObjectNode answer = JsonNodeFactory.instance.objectNode();
          answer.put("document_id", id);
          switch (entry.state()) {
            case "waiting" -> answer.put("status", "queued");
            case "running" -> answer.put("status", "translating").put("seconds_remaining", 5);
            case "done" ->
                answer.put("status", "done").put("billed_characters", entry.characters());
            default ->
                answer
                    .put("status", "error")
                    .put("error_message", entry.error() == null ? "cancelled" : entry.error());
          }
          return Responses.json(answer);
        });
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping("/document/{id}/result")
  Mono<ResponseEntity<byte[]>> result(ServerWebExchange exchange, @PathVariable String id) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          JobStore.Entry entry = entry(received, caller, id);
          if (entry.state().equals("waiting") || entry.state().equals("running")) {
            throw Problem.of(503, "not-ready", "Document translation is not done");
          }
          JobStore.Result result =
              jobs.result(caller.owner(), id, 0)
                  .orElseThrow(() -> Problem.notFound("Document not found"));
          // A result is given out once.
          if (!jobs.remove(caller.owner(), id)) {
            throw Problem.notFound("Document not found");
          }
          return Responses.file(result);
        });
  }
}
