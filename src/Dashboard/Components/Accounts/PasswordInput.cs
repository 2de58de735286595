namespace Conclude.Dashboard.Components.Accounts;

/// <summary>The fields of the password form.</summary>
public sealed class PasswordInput
{
    public string? Current { get; set; }

    public string Chosen { get; set; } = "";
}
