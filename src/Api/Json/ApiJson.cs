using System.Text.Json.Serialization;
using Conclude.Api.Audit;
using Conclude.Api.Errors;
using Conclude.Api.Health;
using Conclude.Api.Keys;
using Conclude.Api.Members;
using Conclude.Api.Moments;
using Conclude.Api.ObservedEvents;
using Conclude.Api.Operators;
using Conclude.Api.Responses;
using Conclude.Api.Settings;
using Conclude.Api.Usage;
using Conclude.Api.Users;
using Conclude.Api.Webhooks;

namespace Conclude.Api.Json;

/// <summary>The JSON of the management routes and of problems, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    MaxDepth = 16,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(ProblemJson))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(MomentRequest))]
[JsonSerializable(typeof(MomentJson))]
[JsonSerializable(typeof(MomentsJson))]
[JsonSerializable(typeof(StatsJson))]
[JsonSerializable(typeof(ResponsesJson))]
[JsonSerializable(typeof(ObservedEventsJson))]
[JsonSerializable(typeof(FireJson))]
[JsonSerializable(typeof(SettingsJson))]
[JsonSerializable(typeof(UsageJson))]
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(PlanJson))]
[JsonSerializable(typeof(KeysJson))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(BlockedNamesJson))]
[JsonSerializable(typeof(MembersJson))]
[JsonSerializable(typeof(KeyJson))]
[JsonSerializable(typeof(UserExportJson))]
[JsonSerializable(typeof(AuditJson))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookJson))]
[JsonSerializable(typeof(WebhooksJson))]
[JsonSerializable(typeof(DeliveryJson))]
[JsonSerializable(typeof(DeliveriesJson))]
internal sealed partial class ApiJson : JsonSerializerContext;
