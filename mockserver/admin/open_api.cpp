#include "mockserver/admin/desk.hpp"
#include "mockserver/admin/routes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>

// The description of the admin API, made of the rows that route it.

namespace sfmkit::mockserver::admin {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view schemas = R"json({
  "Text": {"type": "string"},
  "OpenApi": {"type": "object", "required": ["openapi", "paths"]},
  "Done": {"type": "object", "additionalProperties": false, "required": ["done"],
    "properties": {"done": {"type": "string"}}},
  "Error": {"type": "object", "additionalProperties": false, "required": ["error"],
    "properties": {"error": {"type": "object", "additionalProperties": false,
      "required": ["what", "expected", "actual", "next"],
      "properties": {"what": {"type": "string"}, "expected": {"type": "string"},
        "actual": {"type": "string"}, "next": {"type": "string"}}}}},
  "Ready": {"type": "object", "additionalProperties": false,
    "required": ["ready", "url", "imitates", "version", "pid"],
    "properties": {"ready": {"type": "boolean"}, "url": {"type": "string"},
      "imitates": {"type": "string"}, "version": {"type": "string"}, "pid": {"type": "integer"}}},
  "Clock": {"type": "object", "additionalProperties": false, "required": ["now", "shift_ms"],
    "properties": {"now": {"type": "string", "format": "date-time"},
      "shift_ms": {"type": "integer"}}},
  "Overview": {"type": "object", "additionalProperties": false,
    "required": ["service", "clock", "sessions", "more_sessions", "faults", "findings",
      "requests"],
    "properties": {"service": {"$ref": "#/components/schemas/Ready"},
      "clock": {"$ref": "#/components/schemas/Clock"},
      "sessions": {"type": "array", "items": {"allOf": [
        {"type": "object", "required": ["session", "files", "finished", "uploads"]},
        {"type": "object", "properties": {"uploads": {"type": "array",
          "items": {"$ref": "#/components/schemas/Upload"}}}}]}},
      "more_sessions": {"type": "integer"},
      "faults": {"type": "array", "items": {"$ref": "#/components/schemas/ArmedFault"}},
      "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
      "requests": {"type": "array", "items": {"$ref": "#/components/schemas/Request"}}}},
  "Advance": {"type": "object", "required": ["advance"],
    "properties": {"advance": {"type": "string", "examples": ["6h"]}}},
  "Next": {"type": ["string", "null"]},
  "Upload": {"type": "object", "additionalProperties": false,
    "required": ["id", "session", "name", "file_type", "length", "offset", "created", "finished",
      "removed"],
    "properties": {"id": {"type": "string"}, "session": {"type": "string"},
      "name": {"type": "string"}, "file_type": {"type": "string"},
      "length": {"type": ["integer", "null"]}, "offset": {"type": ["integer", "null"]},
      "created": {"type": ["string", "null"]}, "finished": {"type": ["string", "null"]},
      "removed": {"type": ["string", "null"]}}},
  "Uploads": {"type": "object", "additionalProperties": false, "required": ["uploads", "next"],
    "properties": {"uploads": {"type": "array", "items": {"$ref": "#/components/schemas/Upload"}},
      "next": {"$ref": "#/components/schemas/Next"}}},
  "Session": {"type": "object", "additionalProperties": false,
    "required": ["session", "files", "finished", "removed", "finished_bytes"],
    "properties": {"session": {"type": "string"}, "files": {"type": "integer"},
      "finished": {"type": "integer"}, "removed": {"type": "integer"},
      "finished_bytes": {"type": "integer"}}},
  "Sessions": {"type": "object", "additionalProperties": false, "required": ["sessions", "next"],
    "properties": {"sessions": {"type": "array", "items": {"$ref": "#/components/schemas/Session"}},
      "next": {"$ref": "#/components/schemas/Next"}}},
  "Request": {"type": "object",
    "required": ["id", "run", "connection", "number", "peer", "method", "target", "fields",
      "upload", "status", "answer_head", "answer_text", "body_bytes", "offset_before",
      "offset_after", "checksum", "auth", "faults", "end", "arrived", "ended"],
    "properties": {"id": {"type": "integer"}, "run": {"type": "integer"},
      "connection": {"type": "integer"}, "number": {"type": "integer"},
      "peer": {"type": "string"}, "method": {"type": "string"}, "target": {"type": "string"},
      "fields": {"type": "array", "items": {"type": "string"}}, "upload": {"type": "string"},
      "status": {"type": "integer"},
      "answer_head": {"type": "array", "items": {"type": "string"}},
      "answer_text": {"type": "string"}, "body_bytes": {"type": "integer"},
      "offset_before": {"type": ["integer", "null"]},
      "offset_after": {"type": ["integer", "null"]},
      "checksum": {"enum": ["none", "matched", "mismatched", "not compared"]},
      "auth": {"type": "string"}, "token": {"type": ["object", "null"]},
      "faults": {"type": "array", "items": {"type": "string"}},
      "end": {"enum": ["answered", "client left", "silenced"]},
      "arrived": {"type": "string", "format": "date-time"},
      "ended": {"type": "string", "format": "date-time"}}},
  "RequestDetail": {"allOf": [{"$ref": "#/components/schemas/Request"},
    {"type": "object", "required": ["findings"], "properties": {"findings": {"type": "array",
      "items": {"$ref": "#/components/schemas/Finding"}}}}]},
  "Requests": {"type": "object", "additionalProperties": false, "required": ["requests", "next"],
    "properties": {"requests": {"type": "array", "items": {"$ref": "#/components/schemas/Request"}},
      "next": {"$ref": "#/components/schemas/Next"}}},
  "Finding": {"type": "object", "additionalProperties": false,
    "required": ["id", "run", "at", "connection", "request", "upload", "rule", "severity", "file",
      "place", "expected", "actual", "message", "next"],
    "properties": {"id": {"type": "integer"}, "run": {"type": "integer"},
      "at": {"type": "string", "format": "date-time"}, "connection": {"type": "integer"},
      "request": {"type": "integer"}, "upload": {"type": "string"}, "rule": {"type": "string"},
      "severity": {"enum": ["error", "warning", "info"]}, "file": {"type": "string"},
      "place": {"type": "string"}, "expected": {"type": "string"}, "actual": {"type": "string"},
      "message": {"type": "string"}, "next": {"type": "string"}}},
  "Findings": {"type": "object", "additionalProperties": false, "required": ["findings", "next"],
    "properties": {"findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
      "next": {"$ref": "#/components/schemas/Next"}}},
  "Fault": {"type": "object", "required": ["point", "action"],
    "properties": {"name": {"type": "string"}, "point": {"type": "string"},
      "at_byte": {"type": "integer"}, "match": {"type": "object"}, "times": {"type": "integer"},
      "action": {"type": "object", "required": ["do"],
        "properties": {"do": {"type": "string"}}}}},
  "ArmedFault": {"allOf": [{"$ref": "#/components/schemas/Fault"},
    {"type": "object", "required": ["id", "name", "matched", "struck"],
      "properties": {"id": {"type": "integer"}, "matched": {"type": "integer"},
        "struck": {"type": "integer"}}}]},
  "Faults": {"type": "object", "additionalProperties": false, "required": ["faults", "next"],
    "properties": {
      "faults": {"type": "array", "items": {"$ref": "#/components/schemas/ArmedFault"}},
      "next": {"$ref": "#/components/schemas/Next"}}},
  "FaultOrScenario": {"anyOf": [{"$ref": "#/components/schemas/Fault"},
    {"type": "object", "required": ["faults"], "properties": {"faults": {"type": "array",
      "items": {"$ref": "#/components/schemas/Fault"}}}}]},
  "Armed": {"type": "object", "additionalProperties": false, "required": ["ids"],
    "properties": {"ids": {"type": "array", "items": {"type": "integer"}}}}
})json";

ordered_json schema_ref(std::string_view name) {
    return {{"$ref", fmt::format("#/components/schemas/{}", name)}};
}

ordered_json content_of(std::string_view type, std::string_view schema) {
    const std::string_view shown = schema.empty() ? std::string_view("Text") : schema;
    return {{std::string(type), {{"schema", schema_ref(shown)}}}};
}

ordered_json parameter(std::string_view name, std::string_view in) {
    return {
        {"name", name},
        {"in", in},
        {"required", in == "path"},
        {"schema", {{"type", "string"}}},
    };
}

ordered_json parameters_of(const Route& route) {
    ordered_json parameters = ordered_json::array();
    if (route.path.find("{id}") != std::string_view::npos) {
        parameters.push_back(parameter("id", "path"));
    }
    std::string_view rest = route.query;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        parameters.push_back(parameter(rest.substr(0, end), "query"));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return parameters;
}

ordered_json operation_of(const Route& route) {
    ordered_json operation = {{"operationId", route.id}, {"summary", route.summary}};
    if (ordered_json parameters = parameters_of(route); !parameters.empty()) {
        operation["parameters"] = std::move(parameters);
    }
    if (!route.takes.empty()) {
        operation["requestBody"] = {
            {"required", true}, {"content", content_of("application/json", route.takes)}
        };
    }
    ordered_json good = {{"description", route.summary}};
    good["content"] = content_of(route.gives_type, route.gives);
    ordered_json bad = {{"description", "Refused: why, and what to do"}};
    bad["content"] = content_of("application/json", "Error");
    operation["responses"] = {{std::to_string(route.status), good}, {"default", bad}};
    return operation;
}

}  // namespace

Answer show_open_api(const Call&) {
    ordered_json out = {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "sfmkit admin API"},
          {"version", SFMKIT_VERSION},
          {"description", "Looks into the mock DataImporter and orders faults. Loopback only."}}},
    };
    for (const Route& route : routes()) {
        std::string method(route.method);
        for (char& letter : method) letter = static_cast<char>(letter - 'A' + 'a');
        out["paths"][std::string(route.path)][method] = operation_of(route);
    }
    out["components"]["schemas"] = ordered_json::parse(schemas);
    Answer answer;
    answer.body = out.dump(2) + "\n";
    return answer;
}

}  // namespace sfmkit::mockserver::admin
