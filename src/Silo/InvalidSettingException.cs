namespace Conclude.Silo;

/// <summary>A setting that the host cannot start with; the message names it and says what it may be.</summary>
internal sealed class InvalidSettingException(string message, Exception? inner = null) : Exception(message, inner);
