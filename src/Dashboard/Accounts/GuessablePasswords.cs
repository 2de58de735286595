using System.Text.RegularExpressions;
using Conclude.Grains.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Conclude.Dashboard.Accounts;

/// <summary>
/// Refuses what is guessed first: passwords made of the words that lists of leaked passwords begin with, of runs, digits and signs, or of the
/// person's own address. No list of whole passwords: of the well-known ones hardly any is as long as a password must be here.
/// </summary>
public sealed partial class GuessablePasswords : IPasswordValidator<DashboardAccount>
{
    /// <summary>Characters that must be left when everything guessable is taken out.</summary>
    private const int Enough = 4;

    private const int Run = 4;

    private static readonly IdentityError Guessable = new() { Code = "Guessable", Description = "This password is easy to guess. Take a few words that have nothing to do with each other, or with you." };
    private static readonly IdentityError TooLong = new() { Code = "TooLong", Description = $"Passwords are at most {PasswordRules.MaxLength} characters." };

    // Longest first where one begins another.
    private static readonly string[] Words =
    [
        "conclude", "passwords", "password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword", "motdepasse", "contraseña", "changeme", "letmein", "welcome", "willkommen", "bienvenue", "iloveyou", "trustno1",
        "administrator", "admin", "default", "secret", "master", "guest", "login", "access", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "qwerty", "qwertz", "azerty", "asdfgh",
        "zxcvbn", "asdf", "zxcv", "qazwsx", "1q2w3e4r", "1q2w3e", "q1w2e3r4", "q1w2e3", "dragon", "monkey", "football", "baseball", "basketball", "superman", "batman", "sunshine", "princess", "shadow", "michael",
        "jordan", "starwars", "whatever", "freedom", "computer", "internet", "hello", "spring", "summer", "autumn", "winter", "january", "february", "march", "april", "june", "july", "august", "september",
        "october", "november", "december",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<DashboardAccount> manager, DashboardAccount user, string? password) => Task.FromResult(
        password is { Length: > PasswordRules.MaxLength } ? IdentityResult.Failed(TooLong)
        : IsGuessable(password ?? "", user.Stored.Email) ? IdentityResult.Failed(Guessable)
        : IdentityResult.Success);

    public static bool IsGuessable(string password, string email)
    {
        var rest = password.ToLowerInvariant();
        foreach (var own in (IEnumerable<string>)[email.ToLowerInvariant(), .. email.ToLowerInvariant().Split('@', '.', '+', '-', '_').Where(static part => part.Length >= Run), .. Words])
        {
            rest = rest.Replace(own, " ", StringComparison.Ordinal);
        }

        rest = NoLetters().Replace(WithoutRuns(rest), "");
        return rest.Distinct().Count() < Enough;
    }

    /// <summary>Without <c>aaaa</c>, <c>abcd</c> and <c>4321</c>.</summary>
    private static string WithoutRuns(string text)
    {
        List<char> kept = [];
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            if (end < text.Length && text[end] - text[start] is >= -1 and <= 1 and var step)
            {
                while (end < text.Length && text[end] - text[end - 1] == step)
                {
                    end++;
                }
            }

            if (end - start < Run)
            {
                // The last of them may begin another run.
                end = Math.Max(start + 1, end - 1);
                kept.AddRange(text[start..end]);
            }

            start = end;
        }

        return string.Concat(kept);
    }

    [GeneratedRegex(@"\P{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoLetters();
}
