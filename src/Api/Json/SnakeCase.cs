using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.Api.Json;

/// <summary>Enumerations as snake case text: <c>per_fire</c>, <c>is_not</c>.</summary>
internal sealed class SnakeCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
