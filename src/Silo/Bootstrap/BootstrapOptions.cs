namespace Conclude.Silo.Bootstrap;

/// <summary>The workspace to make when it does not exist yet; keys that are not given are generated.</summary>
internal sealed class BootstrapOptions
{
    public const string Section = "Conclude:Bootstrap";

    public string Workspace { get; set; } = "acme";
    public string? PublishableKey { get; set; }
    public string? SecretKey { get; set; }
    public string? TestKey { get; set; }
    public string OwnerEmail { get; set; } = "owner@example.com";
    public string? OwnerPassword { get; set; }
    public string Plan { get; set; } = "self_hosted";

    /// <summary>Another workspace than the one that is set, with nothing that is the set one's own.</summary>
    public void For(string workspace, string owner, string? plan)
    {
        (Workspace, OwnerEmail, Plan) = (workspace, owner, plan ?? Plan);
        (PublishableKey, SecretKey, TestKey, OwnerPassword) = (null, null, null, null);
    }
}
