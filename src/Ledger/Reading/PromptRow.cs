namespace Conclude.Ledger.Reading;

/// <summary>The columns of a prompt in the order in which every statement names them.</summary>
internal static class PromptRow
{
    /// <param name="first">The column it starts at.</param>
    public static Prompt Read(Query row, int first = 0) => new()
    {
        Id = row.Guid(first),
        Event = row.Text(first + 1),
        UserKey = row.Text(first + 2),
        Test = row.Bool(first + 3),
        GrantedAt = row.Time(first + 4),
        LeaseUntil = row.Time(first + 5),
        LiveUntil = row.Time(first + 6),
        SeenAt = row.TimeOrNull(first + 7),
        View = row.TextOrNull(first + 8),
        Reaction = row.IsNull(first + 9) ? null : (Reaction)row.Long(first + 9),
        ReactedAt = row.TimeOrNull(first + 10),
        Comment = row.TextOrNull(first + 11),
        CommentedAt = row.TimeOrNull(first + 12),
        DismissedAt = row.TimeOrNull(first + 13),
        Question = row.Text(first + 14),
        FollowUp = row.TextOrNull(first + 15),
        DefinitionVersion = row.Long(first + 16),
        DelaySeconds = (int)row.Long(first + 17),
    };
}
