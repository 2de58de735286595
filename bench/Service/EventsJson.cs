using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.Bench.Service;

/// <summary>Source-generated, as in the product.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EventsRequest))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(StoredCount))]
public sealed partial class EventsJson : JsonSerializerContext;
