namespace Conclude.Grains.Accounts;

/// <summary>What is stored of an account.</summary>
[GenerateSerializer, Alias("Conclude.AccountState")]
public sealed class AccountState
{
    [Id(0)] public Account? Account { get; set; }

    /// <summary>SHA-256 of the token of the sign-in link on offer.</summary>
    [Id(1)] public string? LinkHash { get; set; }
    [Id(2)] public DateTimeOffset LinkExpires { get; set; }
}
