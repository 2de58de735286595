namespace Conclude.Dashboard.Components.Accounts;

/// <summary>The fields of the sign-in form.</summary>
public sealed class SignInInput
{
    public string Email { get; set; } = "";

    public string Password { get; set; } = "";

    public bool StaySignedIn { get; set; }
}
