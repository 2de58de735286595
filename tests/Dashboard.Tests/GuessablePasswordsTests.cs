using Conclude.Dashboard.Accounts;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves which passwords of enough characters are refused all the same.</summary>
public sealed class GuessablePasswordsTests
{
    [Theory]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("passwordpassword")]
    [InlineData("123456789012")]
    [InlineData("0987654321098")]
    [InlineData("qwertyuiop12")]
    [InlineData("Summer2026!!")]
    [InlineData("iloveyou1234")]
    [InlineData("trustno1trustno1")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("aaaabbbbccccdddd")]
    [InlineData("welcome-admin-2026")]
    [InlineData("ada.lovelace@example.com")]
    [InlineData("Lovelace1815")]
    [InlineData("conclude-conclude1")]
    [InlineData("$%&/()=?$%&/")]
    [InlineData("gzkgzkgzkgzk")]
    public void What_is_guessed_first_is_refused(string password) => Assert.True(GuessablePasswords.IsGuessable(password, "ada.lovelace@example.com"));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("four unrelated words here")]
    [InlineData("gz7Kq2mWv9xA")]
    [InlineData("gzkw-2718-2845")]
    [InlineData("Winter has seven lamps")]
    [InlineData("пять слов без связи")]
    [InlineData("雨の日に歩く犬と猫と私")]
    public void What_is_not_is_taken(string password) => Assert.False(GuessablePasswords.IsGuessable(password, "ada.lovelace@example.com"));
}
