import type { Counts, Credential, Model, ModelOverview } from '@/api/types'
import { credentialName } from '@/components/credentialLook'

/** A model as the list shows it. */
export interface Offer {
  model: Model
  /** The names of the accounts that offer it; null if no account told. */
  servedBy: string[] | null
  counts: Counts | undefined
  /** It is offered, but the owner's list leaves it out. */
  unlisted: boolean
}

export function offersOf(
  overview: ModelOverview,
  credentials: Credential[],
  counts: Record<string, Counts> | null | undefined,
): Offer[] {
  const names = new Map(credentials.map((it) => [it.id, credentialName(it)]))
  const told = (overview.credentials ?? []).some((it) => it.state === 'known')
  const listed = (overview.models ?? []).map((model): Offer => {
    const servedBy = told ? (model.credentials ?? []).map((id) => names.get(id) ?? id.slice(0, 8)) : null
    return { model, servedBy, counts: counts?.[model.id], unlisted: false }
  })
  const hidden = (overview.unlisted ?? []).map((id): Offer => {
    return { model: { id }, servedBy: null, counts: counts?.[id], unlisted: true }
  })
  return [...listed, ...hidden]
}

export function matching(offers: Offer[], filter: string): Offer[] {
  const wanted = filter.trim().toLowerCase()
  if (!wanted) return offers
  return offers.filter(({ model, servedBy }) =>
    [model.id, model.name, model.alias_of, ...(model.abilities ?? []), ...(servedBy ?? [])].some((text) =>
      text?.toLowerCase().includes(wanted),
    ),
  )
}
