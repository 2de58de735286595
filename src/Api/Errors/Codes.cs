namespace Conclude.Api.Errors;

/// <summary>The stable <c>code</c> of every problem.</summary>
internal static class Codes
{
    public const string Validation = "validation";
    public const string MalformedJson = "malformed_json";
    public const string BadRequest = "bad_request";
    public const string UnknownKey = "unknown_key";
    public const string WrongKeyType = "wrong_key_type";
    public const string OriginNotAllowed = "origin_not_allowed";
    public const string IdentityNotVerified = "identity_not_verified";
    public const string NotFound = "not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string AlreadyAnswered = "already_answered";
    public const string ReactionRequired = "reaction_required";
    public const string CommentNotExpected = "comment_not_expected";
    public const string NotLive = "not_live";
    public const string EventExists = "event_exists";
    public const string PlanLimit = "plan_limit";
    public const string TooManyKeys = "too_many_keys";
    public const string TooManyWebhooks = "too_many_webhooks";
    public const string WebhookDisabled = "webhook_disabled";
    public const string DeliveryErased = "delivery_erased";
    public const string VersionMismatch = "version_mismatch";
    public const string IdempotencyKeyInUse = "idempotency_key_in_use";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string TooManyIdempotencyKeys = "too_many_idempotency_keys";
    public const string TooManyBlockedNames = "too_many_blocked_names";
    public const string TooLarge = "too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string RateLimited = "rate_limited";
    public const string StoreUnavailable = "store_unavailable";
    public const string Busy = "busy";
    public const string Stopping = "stopping";
    public const string Internal = "internal";
}
