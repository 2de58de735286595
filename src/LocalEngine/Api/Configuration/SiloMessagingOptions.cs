namespace Orleans.Configuration;

/// <summary>How calls are carried inside a silo, those of the silo's own client included.</summary>
public sealed class SiloMessagingOptions : MessagingOptions;
