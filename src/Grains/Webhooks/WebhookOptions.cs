namespace Conclude.Grains.Webhooks;

/// <summary>Where the operator lets webhooks go; section <c>Conclude:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Conclude:Webhooks";

    /// <summary>Also to private, loopback and link-local addresses. Default false.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Also by plain http. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The only ports; empty is any. Default empty.</summary>
    public IList<int> Ports { get; } = [];
}
