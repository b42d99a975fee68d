package dev.midstream.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A glob as Beam's file systems understand it, as a regular expression. */
public final class GlobExpression {
  private static final Pattern SPECIAL = Pattern.compile("[*?\\[{\\\\]");

  private GlobExpression() {}

  /** How everything begins that {@code glob} matches; all of it if it matches itself only. */
  public static String literalPrefix(String glob) {
    Matcher special = SPECIAL.matcher(glob);
    return special.find() ? glob.substring(0, special.start()) : glob;
  }

  /**
   * The expression that matches the whole of what {@code glob} matches, for PostgreSQL, and for
   * Java where a dot means any character.
   */
  public static String of(String glob) {
    StringBuilder expression = new StringBuilder("^");
    boolean inBraces = false;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*':
          boolean crossesFolders = glob.startsWith("**", i);
          i += crossesFolders ? 1 : 0;
          expression.append(crossesFolders ? ".*" : "[^/]*");
          break;
        case '?':
          expression.append("[^/]");
          break;
        case '{':
          inBraces = true;
          expression.append("(?:");
          break;
        case '}':
          expression.append(inBraces ? ")" : "\\}");
          inBraces = false;
          break;
        case ',':
          expression.append(inBraces ? "|" : ",");
          break;
        case '[':
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            expression.append("\\[");
          } else {
            String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
            expression.append('[').append(set.replaceFirst("^!", "^")).append(']');
            i = end;
          }
          break;
        case '\\':
          i = Math.min(i + 1, glob.length() - 1);
          literal(glob.charAt(i), expression);
          break;
        default:
          literal(c, expression);
          break;
      }
    }
    return expression.append('$').toString();
  }

  private static void literal(char c, StringBuilder expression) {
    boolean plain = Character.isLetterOrDigit(c) || c > 127 || c == '/' || c == '_' || c == ' ';
    expression.append(plain ? "" : "\\").append(c);
  }
}
