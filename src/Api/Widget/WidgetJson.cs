using System.Text.Json.Serialization;
using Conclude.Api.Json;

namespace Conclude.Api.Widget;

/// <summary>The JSON of the widget routes, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    MaxDepth = 16,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(EventsRequest))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(SeenRequest))]
[JsonSerializable(typeof(ReactionRequest))]
[JsonSerializable(typeof(CommentRequest))]
[JsonSerializable(typeof(WidgetConfig))]
internal sealed partial class WidgetJson : JsonSerializerContext;
