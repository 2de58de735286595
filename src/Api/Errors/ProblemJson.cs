using System.Text.Json.Serialization;

namespace Conclude.Api.Errors;

/// <summary>A problem as it is sent (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Title">What went wrong, for people; the same for every problem of one code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What went wrong, for programs; stable.</param>
/// <param name="Detail">What went wrong this time.</param>
/// <param name="Errors">With <c>validation</c>: messages by field.</param>
/// <param name="TraceId">With <c>internal</c>: what to quote to the operator.</param>
internal sealed record ProblemJson(
    string Title, int Status, string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId);
