namespace Conclude.Dashboard.Components.Accounts;

/// <summary>The field of an invite's form.</summary>
public sealed class InviteInput
{
    public string Password { get; set; } = "";
}
