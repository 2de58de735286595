namespace Conclude.Grains.Accounts;

/// <summary>What makes a password dear to guess, wherever one is set (OWASP ASVS 4, chapters 2.1 and 2.4).</summary>
public static class PasswordRules
{
    /// <summary>Characters. Length is what makes a password hard to guess; rules about digits and signs make it hard to remember.</summary>
    public const int MinLength = 12;

    /// <summary>Characters; more is kept out, so that nobody has us hash a book.</summary>
    public const int MaxLength = 256;

    /// <summary>Of PBKDF2 with HMAC-SHA512: what OWASP's Password Storage Cheat Sheet asks for. A hash of fewer is made anew at the next sign-in.</summary>
    public const int Iterations = 210_000;
}
