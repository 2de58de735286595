namespace Conclude.Dashboard.Accounts;

/// <summary>How somebody shows that they are whom an invite names.</summary>
public enum InviteProof
{
    /// <summary>They are signed in as them.</summary>
    SignedIn,

    /// <summary>By the password of the account.</summary>
    Password,

    /// <summary>The address has no account: they choose its password.</summary>
    NewPassword,

    /// <summary>The account has no password and belongs to other workspaces: only who signs in there by a link may take it up.</summary>
    ElsewhereFirst,
}
