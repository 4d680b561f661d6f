import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from "@react-email/components";
import { Fragment } from "react";
import type { Action, Content, Fact } from "../facts";
import { look, styleSheet } from "./look";

type Props = { content: Content; locale: string };

/** A mail. No images, so nothing is missing where they are off and nobody is tracked. */
export function LetterTemplate({ content, locale }: Props) {
  const { subject, heading, lead, facts, main, others, footer } = content;
  return (
    <Html lang={locale}>
      <Head>
        <title>{subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; React would escape its `>` */}
        <style dangerouslySetInnerHTML={{ __html: styleSheet }} />
      </Head>
      <Preview>
        {[...lead, ...facts.flatMap(({ lines }) => lines.slice(0, 2))].join(" · ").slice(0, 140)}
      </Preview>
      {/* The style of Body ends up in a cell no class reaches, which would stay light in the dark. */}
      <Body className="canvas" style={look.body}>
        <Section className="canvas" style={look.canvas}>
          <Container className="card" style={look.card}>
            <Heading as="h1" className="ink" style={look.heading}>
              {heading}
            </Heading>
            {lead.map((sentence) => (
              <Text key={sentence} className="ink" style={look.lead}>
                {sentence}
              </Text>
            ))}
            <Section className="facts" style={look.facts}>
              {facts.map((fact, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two questions may have the same words
                <FactLines key={place} {...fact} />
              ))}
            </Section>
            {main && (
              <Button href={main.url} className="button" style={look.button}>
                {main.label}
              </Button>
            )}
            {others.length > 0 && <Others actions={others} />}
          </Container>
          <Text className="muted" style={look.footer}>
            {footer}
          </Text>
        </Section>
      </Body>
    </Html>
  );
}

function FactLines({ name, lines, isGone, isQuote, url }: Fact) {
  return (
    <>
      <Text className="muted" style={look.name}>
        {name}
      </Text>
      {lines.map((line, place) => (
        <Text
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, in its order
          key={place}
          className={isGone ? "muted" : "ink"}
          style={{
            ...look.line,
            ...(place === 0 && !isQuote ? look.firstLine : {}),
            ...(isGone ? look.gone : {}),
          }}
        >
          {url && place === 0 ? (
            <Link href={url} className="link" style={look.link}>
              {line}
            </Link>
          ) : (
            line
          )}
        </Text>
      ))}
    </>
  );
}

function Others({ actions }: { actions: Action[] }) {
  return (
    <Text className="muted" style={look.others}>
      {actions.map(({ label, url }, place) => (
        <Fragment key={url}>
          {place > 0 && " · "}
          <Link href={url} className="link" style={look.link}>
            {label}
          </Link>
        </Fragment>
      ))}
    </Text>
  );
}
