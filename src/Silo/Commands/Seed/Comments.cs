namespace Conclude.Silo.Commands.Seed;

/// <summary>What people write.</summary>
internal static class Comments
{
    private static readonly string[] Slow =
    [
        "Since last week the export takes ages. It used to be instant.",
        "Stuck at 90 % for five minutes, then an empty file.",
        "The new version is so slow that I copy the table by hand now.",
        "Timed out twice. The third try worked, but the columns were in another order.",
        "Please bring the old export back until this one works.",
        "My Monday report is due and I am looking at a spinner.",
        "PDF is fine, CSV hangs for anything above a few thousand rows.",
        "Seit dem Update dauert der Export ewig.",
        "L’export échoue une fois sur deux depuis la mise à jour.",
    ];

    private static readonly string[] Export =
    [
        "Would love to pick the columns before exporting.",
        "The file name does not say which report it is.",
        "Dates come out in American format.",
        "Exporting to a spreadsheet directly would save me two steps.",
        "Fine, but I cannot find the setting for the separator.",
        "Der Dateiname könnte das Datum enthalten.",
        "書き出しの形式をもっと選べるとうれしいです。",
    ];

    private static readonly string[] Start =
    [
        "I did not know which data to connect first.",
        "The sample dashboard helped, the tour did not.",
        "Too many steps before I saw my own numbers.",
        "Inviting my team should come earlier.",
        "Had to ask support where the API key is.",
        "Good, but the e-mail to confirm came late.",
    ];

    private static readonly string[] Search =
    [
        "Results from archived projects drown everything else.",
        "It does not find reports by the name of their owner.",
        "I was looking for the churn report of last quarter.",
        "Typos give no results at all.",
        "Sorting by date would help.",
        "Found it, on page three.",
    ];

    private static readonly string[] Import =
    [
        "It said “row 1,204 is wrong” but not what is wrong with it.",
        "Umlauts were broken after the import.",
        "No way to undo an import into the wrong folder.",
        "The preview shows ten rows, the problem was in row 5,000.",
    ];

    private static readonly string[] Billing =
    [
        "The invoice does not show our VAT number.",
        "I thought viewers were free.",
        "Why is it billed in dollars?",
    ];

    private static readonly string[] Other =
    [
        "It works, but I needed three tries to find it.",
        "Would be nice to do this for several at once.",
        "The button is hidden on my phone.",
        "A keyboard shortcut, please.",
        "Took longer than I thought.",
        "Not sure whether it was saved.",
    ];

    /// <param name="part">How much of the time has passed, 0–1.</param>
    public static string About(string moment, double part, Random chance)
    {
        var said = moment switch
        {
            Story.Exported when Story.IsSlow(part) => Slow,
            Story.Exported => Export,
            Story.Onboarded => Start,
            "search_performed" => Search,
            "data_imported" => Import,
            "invoice_downloaded" => Billing,
            _ => Other,
        };
        return said[chance.Next(said.Length)];
    }
}
